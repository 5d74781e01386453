package uz.ksb.pos.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.Publisher;
import uz.ksb.pos.gateway.testing.RawClient;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;

/**
 * Some of many clients read a byte per second while the ring goes past them; in the end everybody has every event of the
 * stream once, in order, and the newest value of the state.
 */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
@TestProfile(HostileClientsTest.Impatient.class)
class SlowClientsTest {
    private static final String SHOP = "78000001";
    private static final boolean ALL = Boolean.getBoolean("pos.test.all");
    private static final int CLIENTS = ALL ? 1_000 : 100;
    private static final int SLOW = CLIENTS / 20;
    /** Together 6 MB, above what a socket's buffers and the ring of this profile hold. */
    private static final int EVENTS = 600;

    private static final String PADDING = "x".repeat(10_000);
    private static final int EVENTS_PER_RATE = 10;
    private static final int LAST_RATE = EVENTS / EVENTS_PER_RATE - 1;
    private static final Duration LIMIT = Duration.ofSeconds(ALL ? 240 : 60);

    @TestHTTPResource("/")
    URI address;

    @Inject
    MeterRegistry metrics;

    private final CountDownLatch published = new CountDownLatch(1);

    @Test
    void theQuickAreNotHeldUpAndTheSlowEndRight() throws Exception {
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        CountDownLatch subscribed = new CountDownLatch(CLIENTS);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try (Publisher kafka = new Publisher()) {
            for (int client = 0; client < CLIENTS; client++) {
                boolean slow = client < SLOW;
                readers.add(CompletableFuture.runAsync(() -> read(slow, subscribed), threads));
            }
            assertThat(subscribed.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
            publish(kafka);
            for (CompletableFuture<Void> quick : readers.subList(SLOW, CLIENTS)) {
                quick.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(metrics.get("pos.live.slow.clients").gauge().value()).isEqualTo(SLOW);
            published.countDown();
            for (CompletableFuture<Void> slow : readers) {
                slow.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(metrics.get("pos.live.fallbacks")
                        .tag("why", "slow")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(SLOW);
        assertThat(metrics.get("pos.live.slow.clients").gauge().value()).isZero();
    }

    private static void publish(Publisher kafka) {
        for (int sale = 0; sale < EVENTS; sale++) {
            kafka.sendLater(Publisher.record(
                    Ids.next(),
                    Topics.SALES,
                    SHOP,
                    "sale.opened",
                    "s" + sale,
                    "{\"n\":" + sale + ",\"comment\":\"" + PADDING + "\"}"));
            if (sale % EVENTS_PER_RATE == EVENTS_PER_RATE - 1) {
                kafka.sendLater(Publisher.record(
                        Ids.next(),
                        Topics.RATES,
                        SHOP,
                        "rate.changed",
                        "USD",
                        "{\"currency\":\"USD\",\"rate\":" + sale / EVENTS_PER_RATE + "}"));
            }
        }
        kafka.flush();
    }

    private void read(boolean slow, CountDownLatch subscribed) {
        try (RawClient client = new RawClient(address.getPort(), slow ? 4_096 : 0)) {
            client.text("{\"op\":\"auth\",\"token\":\"" + token() + "\"}");
            client.text("{\"op\":\"subscribe\",\"channels\":[\"sales\",\"rates\"]}");
            client.awaitText("\"subscribed\"");
            subscribed.countDown();
            while (slow && !published.await(1, TimeUnit.SECONDS)) {
                client.readByteAhead();
            }
            int sales = 0;
            String rate = "";
            while (sales < EVENTS || !rate.contains("\"rate\":" + LAST_RATE + "}")) {
                String text = client.next();
                if (text.startsWith("{\"op\":\"event\",\"channel\":\"sales\"")) {
                    assertThat(text).contains("\"data\":{\"n\":" + sales++ + ",");
                } else if (text.startsWith("{\"op\":\"event\",\"channel\":\"rates\"")) {
                    assertThat(rateOf(text)).isGreaterThan(rateOf(rate));
                    rate = text;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int rateOf(String text) {
        int at = text.indexOf("\"rate\":") + 7;
        return text.isEmpty() ? -1 : Integer.parseInt(text, at, text.indexOf('}', at), 10);
    }

    private static String token() {
        return Tokens.of(SHOP, Role.CASHIER)
                .with(Claims.DEVICE_ID, Ids.next().toString())
                .sign();
    }
}
