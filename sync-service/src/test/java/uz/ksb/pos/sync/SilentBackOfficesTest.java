package uz.ksb.pos.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many back offices that do not answer at all, and one that does. */
@QuarkusTest
@QuarkusTestResource(SyncBackOffice.class)
class SilentBackOfficesTest extends SyncRunTest {
    /** Far more than have places. */
    private static final int MANY = 5 * (SyncBackOffice.MAX_READERS + SyncBackOffice.MAX_SLOW_READERS);

    @Test
    void silentBackOfficesInAnyNumberHoldUpNoOther() {
        Map<TillOfSync, String> silent = new HashMap<>();
        for (int i = 0; i < MANY; i++) {
            TillOfSync till = TillOfSync.another();
            till.office().misbehave("permission", Map.of("latencyMs", 300_000));
            silent.put(till, till.start());
        }
        try {
            TillOfSync healthy = TillOfSync.another();

            healthy.ended(healthy.start(), "COMPLETED");

            assertThat(silent.entrySet().stream().filter(run -> run.getKey()
                            .sync(run.getValue())
                            .getString("status")
                            .equals("RUNNING")))
                    .as("those that are silent are still waited for")
                    .hasSizeGreaterThan(MANY / 2);
        } finally {
            silent.forEach((till, run) -> {
                if (till.sync(run).getString("status").equals("RUNNING")) {
                    till.cancel(run);
                }
            });
        }
    }
}
