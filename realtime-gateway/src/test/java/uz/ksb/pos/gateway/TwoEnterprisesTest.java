package uz.ksb.pos.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.Publisher;
import uz.ksb.pos.gateway.testing.Tapped;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Property;
import uz.ksb.pos.platform.testing.Tokens;

/**
 * Two enterprises of one partition whose clients try everything: no byte that any of them is sent names the other one's data
 * or events, and each gets its own.
 */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class TwoEnterprisesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TOPICS = List.of(
            Topics.SALES,
            Topics.TOTALS,
            Topics.PRODUCTS,
            Topics.CUSTOMERS,
            Topics.RATES,
            Topics.SETTINGS,
            Topics.SYNC,
            Topics.TILLS);
    private static final List<String> CHANNELS =
            List.of("sales", "totals", "products", "customers", "rates", "settings", "sync");

    @TestHTTPResource("/")
    URI address;

    @Inject
    Vertx vertx;

    @Inject
    Rings rings;

    @BeforeEach
    void awaitReady() {
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
    }

    @Test
    void nothingOfOneReachesTheOther() {
        try (Publisher kafka = new Publisher();
                Owners owners = new Owners(vertx)) {
            Property.forAll(4, random -> new Struggle(random, kafka, owners).fight());
        }
    }

    /** One enterprise, and what the other one's clients must never be sent. */
    private final class Shop {
        private final String ksbId;
        private final List<String> sales = new ArrayList<>();
        private final List<String> secrets = new ArrayList<>();
        private final List<Tapped> clients = new ArrayList<>();

        Shop(String ksbId, Owners owners) {
            this.ksbId = ksbId;
            secrets.add(marker(ksbId));
            for (int sale = 0; sale < 3; sale++) {
                String id = Ids.next().toString();
                sales.add(id);
                // As its owner does: by the token's enterprise.
                owners.answer(
                        "/api/sales/" + id,
                        request -> shopOf(request).equals(ksbId)
                                ? new Owners.Answer(200, "{\"id\":\"" + id + "\",\"of\":\"" + marker(ksbId) + "\"}")
                                : new Owners.Answer(404, "{}"));
            }
        }

        void publish(Publisher kafka, String topic, String subject) {
            UUID id = Ids.next();
            secrets.add(id.toString());
            boolean settings = topic.equals(Topics.SETTINGS);
            kafka.publish(
                    id,
                    topic,
                    ksbId,
                    settings ? "settings.changed" : "something.changed",
                    settings ? "cashier" : subject,
                    "{\"id\":\"" + subject + "\",\"of\":\"" + marker(ksbId) + "\"}");
        }

        Tapped connect() {
            Tapped client = new Tapped(address.getPort());
            client.say("{\"op\":\"auth\",\"token\":\"" + token() + "\"}");
            clients.add(client);
            return client;
        }

        String token() {
            return Tokens.of(ksbId, Role.CASHIER)
                    .with(Claims.DEVICE_ID, Ids.next().toString())
                    .sign();
        }
    }

    private final class Struggle {
        private final RandomGenerator random;
        private final Publisher kafka;
        private final List<Shop> shops = new ArrayList<>();
        private List<Tapped> listeners = List.of();
        private final List<String> positions =
                new ArrayList<>(List.of("", "x", "1.2.3.4.5.6.7.8", "0.0.0.0.0.0.0.0", "\\u0000", "-1.0.0.0.0.0.0.0"));

        Struggle(RandomGenerator random, Publisher kafka, Owners owners) {
            this.random = random;
            this.kafka = kafka;
            String one = anyShop();
            shops.add(new Shop(one, owners));
            shops.add(new Shop(neighbourOf(one), owners));
            for (String path : List.of("/api/totals", "/api/currency-rates", "/api/users/me/settings")) {
                owners.answer(path, request -> new Owners.Answer(200, "{\"of\":\"" + marker(shopOf(request)) + "\"}"));
            }
        }

        private String anyShop() {
            return Integer.toString(80_000_000 + random.nextInt(9_000_000));
        }

        /** Its events stand in the same partition. */
        private String neighbourOf(String shop) {
            String other = anyShop();
            while (other.equals(shop) || rings.partitionOf(other) != rings.partitionOf(shop)) {
                other = anyShop();
            }
            return other;
        }

        void fight() {
            try {
                // Each has one client that only listens, to see that there is something to be heard.
                listeners = shops.stream().map(Shop::connect).toList();
                listeners.forEach(listener -> listener.say(subscribe("", "sales")));
                eventually(() -> assertThat(listeners).allMatch(listener -> listener.count("subscribed") == 1));
                for (int step = 0; step < 200; step++) {
                    step();
                }
                for (int shop = 0; shop < 2; shop++) {
                    Shop its = shops.get(shop);
                    its.publish(kafka, Topics.SALES, "last");
                    Tapped listener = listeners.get(shop);
                    eventually(() -> assertThat(listener.all())
                            .contains(its.secrets.getLast())
                            .contains(marker(its.ksbId)));
                }
                each(client -> client.say("{\"op\":\"ping\"}"));
                eventually(() -> each(client -> assertThat(client.count("\"pong\"") > 0 || isClosed(client))
                        .isTrue()));
                check();
            } finally {
                each(Tapped::close);
            }
        }

        /** The reason of its close frame stands at the end. */
        private static boolean isClosed(Tapped client) {
            return client.isEnded() || client.all().endsWith(CloseReason.TOKEN.name());
        }

        private void each(java.util.function.Consumer<Tapped> action) {
            shops.forEach(shop -> shop.clients.forEach(action));
        }

        private void step() {
            Shop shop = shops.get(random.nextInt(2));
            Shop other = shops.get(1 - shops.indexOf(shop));
            switch (random.nextInt(7)) {
                case 0 -> shop.connect();
                case 1, 2, 3 ->
                    // A subject of the other enterprise too: ids are unique only within one.
                    shop.publish(kafka, any(TOPICS), any(random.nextInt(4) == 0 ? other.sales : shop.sales));
                case 4 -> each(this::collectPosition);
                default -> {
                    Tapped client = any(shop.clients);
                    if (!listeners.contains(client)) {
                        say(client, shop, other);
                    }
                }
            }
        }

        private void say(Tapped client, Shop shop, Shop other) {
            String channel = random.nextBoolean()
                    ? any(CHANNELS)
                    : "sale:" + any(random.nextBoolean() ? shop.sales : other.sales);
            client.say(
                    switch (random.nextInt(8)) {
                        case 0, 1 -> subscribe("", channel);
                        // Positions of the other enterprise, and forged ones.
                        case 2, 3, 4 -> subscribe(any(positions), channel, "sales", "products");
                        case 5 ->
                            subscribe(
                                    "",
                                    "totals:" + other.ksbId,
                                    other.ksbId + "/sales",
                                    other.ksbId,
                                    "sales:" + other.ksbId,
                                    "sale:" + any(other.sales).toUpperCase(java.util.Locale.ROOT));
                        // Ends the connection, and nothing else.
                        case 6 ->
                            random.nextInt(4) == 0
                                    ? "{\"op\":\"auth\",\"token\":\"" + other.token() + "\"}"
                                    : "{\"op\":\"subscribe\",\"channels\":[\"sales\"],\"ksbId\":\"" + other.ksbId
                                            + "\"}";
                        default -> "{\"op\":\"unsubscribe\",\"channels\":[\"" + channel + "\"]}";
                    });
        }

        private static String subscribe(String since, String... channels) {
            return "{\"op\":\"subscribe\",\"channels\":[\"" + String.join("\",\"", channels) + "\"]"
                    + (since.isEmpty() ? "" : ",\"since\":\"" + since + "\"") + "}";
        }

        private void collectPosition(Tapped client) {
            client.positions().stream().skip(random.nextInt(3)).findFirst().ifPresent(position -> {
                positions.add(position);
                String[] parts = position.split("\\.");
                parts[random.nextInt(parts.length)] =
                        random.nextBoolean() ? Long.toString(random.nextInt(2_000), 36) : "1y2p0ij32e8e7";
                positions.add(String.join(".", parts));
            });
        }

        private void check() {
            for (Shop shop : shops) {
                Shop other = shops.get(1 - shops.indexOf(shop));
                for (Tapped client : shop.clients) {
                    String all = client.all();
                    assertThat(other.secrets).noneMatch(all::contains);
                }
            }
        }

        private <T> T any(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }

    private static String marker(String shop) {
        return "secret-of-" + shop;
    }

    private static String shopOf(HttpServerRequest request) {
        String token = request.getHeader("Authorization").replace("Bearer ", "");
        try {
            return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[1]))
                    .path(Claims.KSB_ID)
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
