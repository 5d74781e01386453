package uz.ksb.pos.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.until;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.hub.Hub;
import uz.ksb.pos.gateway.hub.LiveMetrics;
import uz.ksb.pos.gateway.hub.Log;
import uz.ksb.pos.gateway.hub.Outlet;
import uz.ksb.pos.gateway.hub.Pass;
import uz.ksb.pos.gateway.hub.Snapshots;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.rings.Freshness;
import uz.ksb.pos.gateway.rings.History;
import uz.ksb.pos.gateway.rings.KafkaLogBounds;
import uz.ksb.pos.gateway.rings.LogBounds;
import uz.ksb.pos.gateway.rings.LogHistory;
import uz.ksb.pos.gateway.rings.LogReader;
import uz.ksb.pos.gateway.rings.PieceReader;
import uz.ksb.pos.gateway.rings.RingConfig;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.gateway.testing.Client;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.Publisher;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;

/** What a node that starts later makes of the same log. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class SecondNodeTest {
    @TestHTTPResource("/")
    URI address;

    @Inject
    Vertx vertx;

    @Inject
    RingConfig config;

    @Inject
    Admin admin;

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private LogReader reader;
    private Rings rings;

    @BeforeEach
    void awaitTheFirstNode() {
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @AfterEach
    void stop() {
        if (reader != null) {
            reader.stop();
        }
        loop.shutdownNow();
    }

    @Test
    void aClientOfOneNodeResumesOnAnother() throws Exception {
        String shop = "30000001";
        try (Publisher kafka = new Publisher();
                Client till = Client.connect(vertx, address.getPort())) {
            till.auth(Tokens.of(shop, Role.CASHIER).sign()).subscribe("sales", "products");
            till.next("welcome");
            till.next("subscribed");
            UUID first = Ids.next();
            kafka.publish(first, Topics.SALES, shop, "sale.opened", "a", "{\"id\":\"a\"}");
            String position = till.next("event").path("position").asText();
            till.close();
            kafka.publish(first, Topics.SALES, shop, "sale.opened", "a", "{\"id\":\"a\"}");
            kafka.publish(Topics.SALES, shop, "sale.opened", "b", "{\"id\":\"b\"}");
            Hub second = secondNode();

            loop.submit(() -> second.join(pass(shop), new HeardOutlet())
                            .subscribe(List.of("sales", "products"), Optional.of(position)))
                    .get(10, TimeUnit.SECONDS);
            kafka.publish(Topics.SALES, shop, "sale.opened", "c", "{\"id\":\"c\"}");

            eventually(() -> assertThat(heard).hasSize(3));
            assertThat(heard.get(0)).contains("\"recovered\":true");
            assertThat(heard.get(1)).contains("{\"id\":\"b\"}");
            assertThat(heard.get(2)).contains("{\"id\":\"c\"}");
        }
    }

    @Test
    void aNodeThatStartsAfterTheBlockRefusesTheTokenToo() throws Exception {
        String shop = "30000002";
        try (Publisher kafka = new Publisher()) {
            kafka.publish(Topics.SETTINGS, shop, "device.blocked", "till", "{}");
            Hub second = secondNode();

            assertThat(second.refuses(pass(shop))).isTrue();
            assertThat(second.refuses(pass("30000003"))).isFalse();
        }
    }

    @Test
    void whatCannotBeReadStopsNothing() throws Exception {
        String shop = "30000004";
        try (Publisher kafka = new Publisher()) {
            Hub second = secondNode();
            loop.submit(() -> second.join(pass(shop), new HeardOutlet()).subscribe(List.of("sales"), Optional.empty()))
                    .get(10, TimeUnit.SECONDS);
            kafka.publish(Topics.SALES, shop, "sale.opened", "x", "not json");
            kafka.send(
                    new org.apache.kafka.clients.producer.ProducerRecord<>(Topics.SALES, shop, new byte[] {'{', '}'}));
            kafka.send(Publisher.record(Ids.next(), Topics.SALES, "30000005", "sale.opened", "x", "{}"));
            kafka.publish(Topics.SALES, shop, "sale.opened", "y", "{\"id\":\"y\"}");

            eventually(() -> assertThat(heard).hasSize(2));
            assertThat(heard.get(1)).contains("{\"id\":\"y\"}");
        }
    }

    private Hub secondNode() throws Exception {
        return secondNode(config);
    }

    private Hub secondNode(RingConfig itsConfig) throws Exception {
        String bootstrapServers = System.getProperty("kafka.bootstrap.servers");
        rings = new Rings(itsConfig);
        LogBounds bounds = new KafkaLogBounds(admin, rings);
        Freshness freshness = new Freshness(bounds, rings);
        History history = new LogHistory(
                new PieceReader(bootstrapServers, rings),
                rings,
                itsConfig.historyBytes().asLongValue());
        Hub hub = new Hub(
                new Log(rings, bounds, history, freshness::behind, itsConfig.historyEvents()),
                (channel, pass) -> CompletableFuture.completedFuture(new Snapshots.Snapshot.Unavailable()),
                new LiveMetrics(new SimpleMeterRegistry(), Clock.systemUTC()));
        reader = new LogReader(bootstrapServers, itsConfig, rings, hub, freshness);
        reader.start();
        until(reader::isCaughtUp);
        return hub;
    }

    private static Pass pass(String ksbId) {
        Caller caller = new Caller(
                ksbId,
                "till",
                "1",
                "user",
                "login",
                Set.of(),
                ZoneId.of("UTC"),
                LocalTime.MIDNIGHT,
                "UZS",
                null,
                false,
                false,
                true);
        return new Pass(caller, "token", Instant.now().minusSeconds(60), Instant.MAX);
    }

    private final class HeardOutlet implements Outlet {
        @Override
        public void send(byte[] json) {
            heard.add(new String(json, StandardCharsets.UTF_8));
        }

        @Override
        public void flush() {}

        @Override
        public boolean isFull() {
            return false;
        }

        @Override
        public void close(CloseReason reason) {
            heard.add(reason.name());
        }

        @Override
        public Loop loop() {
            return new Loop(
                    loop, loop, (action, nanos) -> CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, loop)
                            .execute(action));
        }
    }
}
