package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of every service: each is restarted in turn, twice, and some are killed, while eight tills sell. */
@Tag("long")
class ReplicasTest {
    private static final String KSB_ID = "10000002";
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Map<String, Integer> PORTS = new TreeMap<>(Map.of(
            "settings-service", 1, "product-service", 2, "sales-service", 3, "sync-service", 4, "realtime-gateway", 5));

    @TempDir
    Path temporary;

    private RunningSystem system;

    @Test
    void everyProcessIsRestartedInTurnAndNoTillNotices() throws Exception {
        system = RunningSystem.start(temporary.resolve("state"), RunningSystem.freePortBase(), "--replicas", "2");
        try (FollowingTill screen = new FollowingTill(system, KSB_ID);
                Seller seller = new Seller(system, KSB_ID, 100)) {
            within(LIMIT, () -> assertThat(screen.isConnected()).isTrue());
            SmallShop shop = SmallShop.in(temporary.resolve("shop"), LocalDate.parse("2014-06-02"), 6, 12_000);
            PosCommand replay = system.replay(shop.folder(), "--tills", "8");

            restartAll();
            system.kill("realtime-gateway-2");
            system.kill("sales-service");
            restartAll();

            assertThat(replay.exit(LIMIT)).as(replay::output).isZero();
            assertThat(replay.output()).contains("All totals are equal.");
            seller.close();
            new Agreement(system, KSB_ID).holds(seller.told().keySet(), screen);
            assertThat(seller.unexpected()).isNull();
            assertThat(screen.doubled()).isZero();
            assertThat(screen.reloads()).isZero();
        } finally {
            system.stop();
        }
    }

    private void restartAll() {
        PORTS.forEach((service, port) -> {
            restart(service, port);
            restart(service + "-2", port + 10);
        });
    }

    /** The next one is only ended when this one takes requests again, as a rolling update does. */
    private void restart(String part, int port) {
        within(LIMIT, () -> assertThat(isReady(port)).isTrue());
        long before = system.pid(part);
        system.end(part);
        within(LIMIT, () -> assertThat(system.pid(part)).isNotEqualTo(before));
        within(LIMIT, () -> assertThat(isReady(port)).isTrue());
    }

    private boolean isReady(int port) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (system.portBase() + port)
                                                    + "/q/health/ready"))
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
