package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;

/** A clock that was two days ahead, is right again, and ahead again: nothing waits until those days have passed. */
@Tag("long")
class TimeGoesBackTest {
    private static final String KSB_ID = "10000002";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int SALES = 5;

    @Test
    void salesAndSyncsGoOnWhenTimeGoesBackAndForward() throws Exception {
        Path state = Files.createTempDirectory(
                Files.createDirectories(Path.of("target").toAbsolutePath()), "back-");
        int portBase = RunningSystem.freePortBase();
        Set<String> told = new TreeSet<>();
        Api.Login till;
        RunningSystem ahead = RunningSystem.start(state, portBase, "--clock", "+49h");
        try {
            till = ahead.api().loggedIn(KSB_ID, "kassir");
            synced(ahead, till.token());
            synced(ahead, till.token());
            assertThat(sync(ahead, till.token()).status()).isEqualTo(429);
            ahead.backOffice().order(Map.of("downForSeconds", 3_600));
            told.addAll(sold(ahead));
        } finally {
            ahead.stop();
        }
        for (String clock : List.of("0h", "+51h")) {
            RunningSystem changed = RunningSystem.start(state, portBase, "--clock=" + clock);
            try (FollowingTill screen = new FollowingTill(changed, KSB_ID)) {
                synced(changed, token(changed, till));
                told.addAll(sold(changed));
                new Agreement(changed, KSB_ID).holds(told, screen);
            } finally {
                changed.stop();
            }
        }
    }

    private static String token(RunningSystem system, Api.Login till) {
        return system.api()
                .login(KSB_ID, till.deviceId(), till.deviceToken(), "kassir", system.password())
                .json()
                .path("accessToken")
                .asText();
    }

    private static Api.Answer sync(RunningSystem system, String token) {
        return system.api().post("/api/syncs", token, Map.of());
    }

    /** Comes back when a sync of that till has ended well. */
    private static void synced(RunningSystem system, String token) {
        Api.Answer answer = sync(system, token);
        assertThat(answer.status()).as(answer::body).isEqualTo(202);
        String path = "/api/syncs/" + answer.json().path("id").asText();
        within(LIMIT, () -> assertThat(
                        system.api().get(path, token).json().path("status").asText())
                .isEqualTo("COMPLETED"));
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
