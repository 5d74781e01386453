package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of every service behind one origin promise what one does, whichever of them ends, dies or freezes. */
@Tag("long")
class ReplicasTest {
    private static final String SHOP = "10000001";
    /** A back office takes one sale at a time: what the replay sells here is delivered for hours. */
    private static final String BUSY_SHOP = "10000002";

    private static final Duration LIMIT = Duration.ofMinutes(5);
    /** A till's patience with the request that the frozen process has taken, and the time until the other does its work. */
    private static final Duration TAKEOVER = Duration.ofSeconds(90);

    private static final Map<String, Integer> PORTS = new TreeMap<>(Map.of(
            "settings-service", 1, "product-service", 2, "sales-service", 3, "sync-service", 4, "realtime-gateway", 5));

    @TempDir
    static Path temporary;

    private static RunningSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = RunningSystem.start(temporary.resolve("state"), RunningSystem.freePortBase(), "--replicas", "2");
    }

    @AfterAll
    static void stop() throws Exception {
        if (system != null) {
            system.stop();
        }
    }

    @Test
    void everyProcessIsRestartedInTurnAndNoTillNotices() throws Exception {
        try (FollowingTill screen = new FollowingTill(system, SHOP);
                FollowingTill busyScreen = new FollowingTill(system, BUSY_SHOP);
                Seller seller = new Seller(system, SHOP, "UZS", 1_000);
                EndlessReplay replay = new EndlessReplay(system, temporary.resolve("shops"))) {
            within(LIMIT, () -> assertThat(screen.isConnected() && busyScreen.isConnected())
                    .isTrue());

            restartAll();
            system.kill("realtime-gateway-2");
            system.kill("sales-service");
            restartAll();

            replay.endsWell();
            seller.close();
            assertThat(seller.unexpected()).isNull();
            assertThat(seller.mostAgain()).isLessThanOrEqualTo(1);
            assertThat(replay.mostAgain()).as(replay::output).isLessThanOrEqualTo(1);
            new Agreement(system, SHOP).holds(seller.told().keySet(), screen);
            new Agreement(system, BUSY_SHOP).isShownOn(busyScreen);
            assertThat(List.of(screen, busyScreen)).allSatisfy(till -> assertThat(till.doubled() + till.reloads())
                    .isZero());
        }
    }

    /** Whichever of the two publishes, delivers and adds up at that moment. */
    @Test
    void aFrozenProcessHoldsNothingUpForLong() throws Exception {
        for (String frozen : List.of("sales-service", "sales-service-2")) {
            within(LIMIT, () -> assertThat(isReady(frozen)).isTrue());
            try (FollowingTill screen = new FollowingTill(system, SHOP);
                    Seller seller = new Seller(system, SHOP, "UZS", 200)) {
                within(LIMIT, () -> assertThat(screen.isConnected()).isTrue());
                within(LIMIT, () -> assertThat(seller.told()).hasSizeGreaterThan(5));
                system.freeze(frozen);
                Set<String> before = new TreeSet<>(seller.told().keySet());

                within(TAKEOVER, () -> assertThat(toldSince(before, seller)).containsAnyElementsOf(screen.shown()));

                system.goOn(frozen);
                seller.close();
                new Agreement(system, SHOP).holds(seller.told().keySet(), screen);
                assertThat(screen.doubled()).isZero();
                assertThat(seller.unexpected()).isNull();
            } finally {
                system.goOn(frozen);
            }
        }
    }

    private static Set<String> toldSince(Set<String> before, Seller seller) {
        Set<String> since = new TreeSet<>(seller.told().keySet());
        since.removeAll(before);
        return since;
    }

    /** One process of every service, then the other ones, as rolling updates of all of them do that come together. */
    private static void restartAll() {
        for (String replica : List.of("", "-2")) {
            List<String> parts =
                    PORTS.keySet().stream().map(service -> service + replica).toList();
            within(LIMIT, () -> assertThat(PORTS.keySet())
                    .allMatch(service -> isReady(service) && isReady(service + "-2")));
            Map<String, Long> before = parts.stream().collect(Collectors.toMap(part -> part, system::pid));
            parts.forEach(system::end);
            within(LIMIT, () -> assertThat(parts)
                    .allMatch(part -> system.pid(part) != before.get(part) && isReady(part)));
        }
    }

    private static boolean isReady(String part) {
        int port = system.portBase() + PORTS.get(part.replace("-2", "")) + (part.endsWith("-2") ? 10 : 0);
        try {
            HttpURLConnection asked = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/q/health/ready")
                    .toURL()
                    .openConnection();
            asked.setConnectTimeout(2_000);
            asked.setReadTimeout(2_000);
            return asked.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
