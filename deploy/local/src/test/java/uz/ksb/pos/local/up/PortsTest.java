package uz.ksb.pos.local.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.local.failure.CommandFailed;

class PortsTest {

    @Test
    void aBusyPortIsNamedWithItsPart() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Service sales = new Service(
                    "sales-service", busy.getLocalPort() - 22_000, "sales", Service.Program.QUARKUS, "128m");
            assertThatExceptionOfType(CommandFailed.class)
                    .isThrownBy(() -> new Ports(22_000).requireFree(List.of(sales), 1))
                    .withMessage("port %d (sales-service) is in use; choose another with --port-base"
                            .formatted(busy.getLocalPort()));
        }
    }

    @Test
    void noTwoPartsShareAPort() {
        assertThat(new Ports(8080).used(Service.ALL, 1)).hasSize(4 + Service.ALL.size());
    }

    @Test
    void aClockOffsetMayBeShort() {
        ClockOffset offset = new ClockOffset();
        assertThat(offset.convert("+49h")).isEqualTo(Duration.ofHours(49));
        assertThat(offset.convert("-30m")).isEqualTo(Duration.ofMinutes(-30));
        assertThat(offset.convert("2d")).isEqualTo(Duration.ofDays(2));
        assertThat(offset.convert("PT5S")).isEqualTo(Duration.ofSeconds(5));
    }
}
