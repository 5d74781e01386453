package uz.ksb.pos.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.within;
import static uz.ksb.pos.sync.TillOfSync.part;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;

/** Back offices that do not answer at all. They are waited for, and asked again, for longer than a test takes. */
@QuarkusTest
@TestProfile(SilentBackOfficesTest.Endless.class)
@QuarkusTestResource(SyncBackOffice.class)
class SilentBackOfficesTest extends SyncRunTest {
    /** Far more than have places. */
    private static final int MANY = 5 * (SyncBackOffice.MAX_READERS + SyncBackOffice.MAX_SLOW_READERS);

    private static final Map<String, Object> SILENT = Map.of("latencyMs", 300_000);

    public static final class Endless implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "pos.back-office.read-timeout",
                    "5m",
                    "pos.sync.retries",
                    String.join(",", Collections.nCopies(3_000, "100ms")));
        }
    }

    @Test
    void silentBackOfficesInAnyNumberHoldUpNoOther() {
        Map<TillOfSync, String> silent = new HashMap<>();
        for (int i = 0; i < MANY; i++) {
            TillOfSync till = TillOfSync.another();
            till.office().misbehave("permission", SILENT);
            silent.put(till, till.start());
        }
        TillOfSync healthy = TillOfSync.another();
        String run = healthy.start();

        within(Duration.ofSeconds(60), () -> assertThat(healthy.sync(run).getString("status"))
                .isEqualTo("COMPLETED"));

        // Those that are silent are still waited for.
        silent.forEach((till, waiting) ->
                assertThat(till.sync(waiting).getString("status")).isEqualTo("RUNNING"));
        silent.forEach(TillOfSync::cancel);
    }

    @Test
    void aCancelledRunStopsReading() {
        TillOfSync till = TillOfSync.another();
        till.office().misbehave("product_update", SILENT);
        String silent = till.start();
        eventually(() -> assertThat(till.sync(silent).getString(part("products", "state")))
                .isEqualTo("READING"));

        till.cancel(silent);
        SimulatedBackOffice.worksAgain();

        till.ended(till.start(), "COMPLETED");
        assertThat(till.sync(silent).getString("status")).isEqualTo("CANCELLED");
    }
}
