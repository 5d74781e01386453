package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A clock that was two days ahead and is right again: nothing waits until those days have passed. */
@Tag("long")
class TimeGoesBackTest {
    private static final String KSB_ID = "10000002";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int SALES = 5;

    @Test
    void salesSoldAheadAreDeliveredWhenTimeGoesBack() throws Exception {
        Path state = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "back-");
        int portBase = RunningSystem.freePortBase();
        Set<String> told = new TreeSet<>();
        RunningSystem ahead = RunningSystem.start(state, portBase, "--clock", "+49h");
        try {
            ahead.backOffice().order(Map.of("downForSeconds", 3_600));
            assertThat(sync(ahead)).isEqualTo(202);
            told.addAll(sold(ahead));
        } finally {
            ahead.stop();
        }
        RunningSystem right = RunningSystem.start(state, portBase);
        try (FollowingTill screen = new FollowingTill(right, KSB_ID)) {
            assertThat(sync(right)).isEqualTo(202);
            told.addAll(sold(right));

            new Agreement(right, KSB_ID).holds(told, screen, true);
        } finally {
            right.stop();
        }
    }

    private static int sync(RunningSystem system) {
        String token = system.api().loggedIn(KSB_ID, "kassir").token();
        return system.api().post("/api/syncs", token, Map.of()).status();
    }

    private static Set<String> sold(RunningSystem system) throws Exception {
        Seller seller = new Seller(system, KSB_ID, 50);
        try {
            within(LIMIT, () -> assertThat(seller.told()).hasSizeGreaterThanOrEqualTo(SALES));
        } finally {
            seller.close();
        }
        assertThat(seller.unexpected()).isNull();
        return seller.told().keySet();
    }
}
