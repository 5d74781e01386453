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
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Client;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.Publisher;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Property;
import uz.ksb.pos.platform.testing.Tokens;

/** Two enterprises of one partition whose clients try everything: no text ever names the other one's data. */
@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class TwoEnterprisesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TOPICS = List.of(
            Topics.SALES, Topics.TOTALS, Topics.PRODUCTS, Topics.CUSTOMERS, Topics.RATES, Topics.SETTINGS, Topics.SYNC);
    private static final List<String> CHANNELS =
            List.of("sales", "totals", "products", "customers", "rates", "settings", "sync");

    @TestHTTPResource("/")
    URI address;

    @Inject
    Vertx vertx;

    @Test
    void nothingOfOneReachesTheOther() {
        eventually(() -> given().get("/q/health/ready").then().statusCode(200));
        try (Publisher kafka = new Publisher();
                Owners owners = new Owners(vertx)) {
            Property.forAll(4, random -> new Struggle(random, kafka, owners).fight());
        }
    }

    private final class Struggle {
        private final RandomGenerator random;
        private final Publisher kafka;
        private final List<String> shops = new ArrayList<>();
        private final List<String> sales = new ArrayList<>();
        private final List<String> positions = new ArrayList<>(List.of("", "x", "1.2.3.4.5.6.7.8"));
        private final List<Client> clients = new ArrayList<>();
        private final List<Integer> owner = new ArrayList<>();

        Struggle(RandomGenerator random, Publisher kafka, Owners owners) {
            this.random = random;
            this.kafka = kafka;
            for (int shop = 0; shop < 2; shop++) {
                String ksbId = Integer.toString(80_000_000 + random.nextInt(9_000_000));
                shops.add(ksbId);
                for (int sale = 0; sale < 3; sale++) {
                    String id = Ids.next().toString();
                    sales.add(id);
                    owners.answer("/api/sales/" + id, request -> {
                        // As its owner does: by the token's enterprise.
                        return shopOf(request).equals(ksbId)
                                ? new Owners.Answer(200, "{\"id\":\"" + id + "\",\"of\":\"" + marker(ksbId) + "\"}")
                                : new Owners.Answer(404, "{}");
                    });
                }
            }
            for (String path : List.of("/api/totals", "/api/currency-rates", "/api/users/me/settings")) {
                owners.answer(path, request -> new Owners.Answer(200, "{\"of\":\"" + marker(shopOf(request)) + "\"}"));
            }
        }

        void fight() {
            try {
                for (int step = 0; step < 150; step++) {
                    step();
                }
                shops.forEach(shop -> publish(Topics.SALES, shop, sales.getFirst()));
                for (int client = 0; client < clients.size(); client++) {
                    clients.get(client).say("{\"op\":\"ping\"}");
                }
                eventually(this::everybodyIsUpToDate);
                check();
            } finally {
                clients.forEach(Client::close);
            }
        }

        private void step() {
            switch (random.nextInt(6)) {
                case 0 -> {
                    int shop = random.nextInt(2);
                    clients.add(Client.connect(vertx, address.getPort()));
                    owner.add(shop);
                    clients.getLast().auth(token(shop));
                }
                case 1, 2 ->
                    publish(
                            TOPICS.get(random.nextInt(TOPICS.size())),
                            shops.get(random.nextInt(2)),
                            sales.get(random.nextInt(sales.size())));
                case 3, 4 -> {
                    if (!clients.isEmpty()) {
                        say(clients.get(random.nextInt(clients.size())));
                    }
                }
                default -> clients.forEach(this::collectPosition);
            }
        }

        private void say(Client client) {
            String channel = random.nextBoolean()
                    ? CHANNELS.get(random.nextInt(CHANNELS.size()))
                    : "sale:" + sales.get(random.nextInt(sales.size()));
            switch (random.nextInt(5)) {
                case 0, 1 -> client.subscribe(channel);
                // Positions of the other enterprise, and forged ones.
                case 2 -> client.resume(positions.get(random.nextInt(positions.size())), channel, "sales", "products");
                case 3 ->
                    client.subscribe("totals:" + shops.get(random.nextInt(2)), shops.get(random.nextInt(2)) + "/sales");
                default -> client.say("{\"op\":\"unsubscribe\",\"channels\":[\"" + channel + "\"]}");
            }
        }

        private void collectPosition(Client client) {
            client.texts().stream()
                    .map(Struggle::positionIn)
                    .filter(text -> text != null)
                    .forEach(position -> {
                        positions.add(position);
                        String[] parts = position.split("\\.");
                        parts[1 + random.nextInt(7)] = Long.toString(random.nextInt(2_000), 36);
                        positions.add(String.join(".", parts));
                    });
        }

        private static String positionIn(String text) {
            try {
                return JSON.readTree(text).path("position").asText(null);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void everybodyIsUpToDate() {
            assertThat(clients)
                    .allMatch(client ->
                            client.isClosed() || client.texts().stream().anyMatch(text -> text.contains("\"pong\"")));
        }

        private void check() {
            for (int client = 0; client < clients.size(); client++) {
                String foreign = marker(shops.get(1 - owner.get(client)));
                assertThat(clients.get(client).texts()).noneMatch(text -> text.contains(foreign));
            }
        }

        private void publish(String topic, String shop, String sale) {
            UUID id = Ids.next();
            kafka.publish(
                    id,
                    topic,
                    shop,
                    topic.equals(Topics.SETTINGS) ? "settings.changed" : "something.changed",
                    topic.equals(Topics.SETTINGS) ? "cashier" : sale,
                    "{\"id\":\"" + sale + "\",\"of\":\"" + marker(shop) + "\"}");
        }

        private String token(int shop) {
            return Tokens.of(shops.get(shop), Role.CASHIER)
                    .with(Claims.DEVICE_ID, Ids.next().toString())
                    .sign();
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
