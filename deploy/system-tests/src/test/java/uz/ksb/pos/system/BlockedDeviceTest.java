package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.LiveTill;

/** A stolen till: from the moment it is blocked nobody hears anything at it, whatever token it still has. */
@ExtendWith(SharedSystem.class)
class BlockedDeviceTest {

    private static final String KSB_ID = "10000001";
    private static final int BLOCKED = 4403;
    private static final Duration CUT_WITHIN = Duration.ofSeconds(1);

    private final RunningSystem system;

    BlockedDeviceTest(RunningSystem system) {
        this.system = system;
    }

    @Test
    void aBlockedTillIsCutWithinASecondAndRefusedByLaterNodes() {
        Api api = system.api();
        String admin = api.loggedIn(KSB_ID, "admin").token();
        Api.Login stolen = api.loggedIn(KSB_ID, "kassir");
        Api.Login other = api.loggedIn(KSB_ID, "kassir");
        try (LiveTill thief = new LiveTill(system.portBase(), stolen.token(), "sales");
                LiveTill colleague = new LiveTill(system.portBase(), other.token(), "sales")) {
            Api.Answer blocked = api.patch("/api/devices/" + stolen.deviceId(), admin, Map.of("status", "BLOCKED"));
            long answered = System.nanoTime();
            assertThat(blocked.status()).as(blocked::body).isEqualTo(200);

            assertThat(thief.closeCode()).isEqualTo(BLOCKED);
            assertThat(Duration.ofNanos(System.nanoTime() - answered)).isLessThan(CUT_WITHIN);
            assertThat(colleague.isClosed()).isFalse();
        }
        assertThat(codeFor(stolen)).isEqualTo(BLOCKED);

        system.kill("realtime-gateway");

        within(Duration.ofMinutes(1), () -> {
            try (LiveTill colleague = new LiveTill(system.portBase(), other.token(), "sales")) {
                assertThat(colleague.isClosed()).isFalse();
            }
        });
        assertThat(codeFor(stolen)).isEqualTo(BLOCKED);
    }

    private int codeFor(Api.Login till) {
        try (LiveTill live = new LiveTill(system.portBase(), till.token())) {
            return live.closeCode();
        }
    }
}
