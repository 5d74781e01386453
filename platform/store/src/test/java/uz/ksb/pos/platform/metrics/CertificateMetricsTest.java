package uz.ksb.pos.platform.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.testing.TlsServer;

class CertificateMetricsTest {
    private static final double DAY = 86_400;

    @TempDir
    private Path folder;

    /** Whether anybody trusts it or not. */
    @ParameterizedTest
    @ValueSource(ints = {10, -2})
    void theRestOfTheCertificateIsShown(int left) throws Exception {
        try (TlsServer server = TlsServer.withDaysLeft(left, folder)) {
            CertificateMetrics metrics = new CertificateMetrics(Clock.systemUTC(), Optional.of(server.address()));
            assertThat(metrics.left()).isNaN();

            metrics.look();

            assertThat(metrics.left()).isBetween((left - 0.1) * DAY, (left + 0.1) * DAY);
        }
    }

    @Test
    void withoutHttpsThereIsNone() {
        for (String keys : new String[] {"http://127.0.0.1:1/jwks.json", "https://127.0.0.1:1/jwks.json"}) {
            CertificateMetrics metrics = new CertificateMetrics(Clock.systemUTC(), Optional.of(keys));
            metrics.look();
            assertThat(metrics.left()).isNaN();
        }
    }
}
