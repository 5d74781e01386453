package uz.ksb.pos.gateway;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.testing.Client;
import uz.ksb.pos.gateway.testing.LiveTest;
import uz.ksb.pos.gateway.testing.Owners;
import uz.ksb.pos.gateway.testing.RawClient;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;

@QuarkusTest
@QuarkusTestResource(Owners.Address.class)
class WebSocketTest extends LiveTest {
    @Inject
    Vertx vertx;

    private Owners owners;

    @BeforeEach
    void openOwners() {
        owners = new Owners(vertx);
        owners.answer("/api/totals", 200, totals(1));
    }

    @AfterEach
    void closeOwners() {
        owners.close();
    }

    @Test
    void authAndSubscribeMayBeSentBackToBack() {
        String token = Tokens.of(shop, Role.CASHIER).sign();
        Client till = tills.connect().auth(token).subscribe("totals", "sales");

        JsonNode welcome = till.next("welcome");
        assertThat(welcome.path("expiresIn").asInt()).isBetween(880, 900);
        assertThat(welcome.path("heartbeat").asInt()).isEqualTo(25);
        JsonNode subscribed = till.next("subscribed");
        assertThat(subscribed.path("channels").toString()).isEqualTo("[\"totals\",\"sales\"]");
        assertThat(subscribed.path("recovered").asBoolean()).isFalse();
        assertThat(till.next("snapshot").path("data").path("version").asInt()).isEqualTo(1);
        assertThat(owners.tokens()).contains(token);
    }

    @Test
    void eventsFollowTheSnapshotWithTheirPositionOnce() {
        Client till = tills.subscribed("totals", "sales");
        till.next("snapshot");

        publishTotals(1);
        UUID id = kafka.publish(Topics.SALES, shop, "sale.completed", "s1", "{\"id\":\"s1\",\"total\":\"12.00\"}");
        kafka.publish(id, Topics.SALES, shop, "sale.completed", "s1", "{\"id\":\"s1\",\"total\":\"12.00\"}");
        publishTotals(2);
        kafka.publish(Topics.SALES, shop, "sale.closed", "s2", "{\"id\":\"s2\"}");

        List<JsonNode> events = List.of(till.next("event"), till.next("event"), till.next("event"));
        JsonNode sale = events.stream()
                .filter(event -> event.path("type").asText().equals("sale.completed"))
                .findFirst()
                .orElseThrow();
        assertThat(sale.path("channel").asText()).isEqualTo("sales");
        assertThat(sale.path("id").asText()).isEqualTo(id.toString());
        assertThat(sale.path("data").path("total").asText()).isEqualTo("12.00");
        assertThat(sale.path("position").asText()).isNotEmpty();
        assertThat(Instant.parse(sale.path("time").asText()))
                .isBefore(Instant.now().plusSeconds(1));
        // Version 1 is in the snapshot, and the second copy of the sale's event is none.
        assertThat(events)
                .extracting(event -> event.path("type").asText()
                        + event.path("data").path("version").asText())
                .containsExactlyInAnyOrder("sale.completed", "totals.changed2", "sale.closed");
    }

    @Test
    void noEventReachesAnotherEnterprise() {
        Client foreign = tills.connect().auth(Tokens.of(foreignShop, Role.ADMIN).sign());
        foreign.next("welcome");
        foreign.subscribe("sales", "products", "customers", "sync", "totals", "sale:" + new UUID(1, 1));
        foreign.next("subscribed");
        Client till = tills.subscribed("sales");
        for (String topic : List.of(Topics.SALES, Topics.PRODUCTS, Topics.CUSTOMERS, Topics.SYNC, Topics.TOTALS)) {
            kafka.publish(topic, shop, "secret.changed", new UUID(1, 1).toString(), "{\"id\":\"" + shop + "\"}");
        }
        till.next("event");
        kafka.publish(Topics.SALES, foreignShop, "sale.opened", "own", "{\"id\":\"own\"}");

        eventually(() -> assertThat(foreign.texts()).anyMatch(text -> text.contains("\"own\"")));
        assertThat(foreign.texts()).noneMatch(text -> text.contains(shop) || text.contains("secret"));
    }

    @Test
    void settingsGoOnlyToTheirUserOrDevice() {
        owners.answer("/api/users/me/settings", 200, "{\"language\":\"ru\"}")
                .answer("/api/devices/" + Tokens.deviceOf(shop) + "/settings", 200, "{\"interval\":5}");
        Client till = tills.subscribed("settings");
        JsonNode snapshot = till.next("snapshot").path("data");
        assertThat(snapshot.path("user").path("language").asText()).isEqualTo("ru");
        assertThat(snapshot.path("device").path("interval").asInt()).isEqualTo(5);

        kafka.publish(Topics.SETTINGS, shop, "settings.changed", "somebody-else", "{\"language\":\"en\"}");
        kafka.publish(Topics.SETTINGS, shop, "settings.changed", "cashier", "{\"language\":\"uz-Cyrl\"}");

        assertThat(till.next("event").path("data").path("language").asText()).isEqualTo("uz-Cyrl");
    }

    @Test
    void aTokenOfAnotherUserBringsThatUsersSettings() {
        String second = Tokens.of(shop, Role.CASHIER)
                .with("sub", "second")
                .with("preferred_username", "second")
                .sign();
        owners.answer(
                "/api/users/me/settings",
                request -> new Owners.Answer(
                        200,
                        "{\"language\":\"" + (request.getHeader("Authorization").endsWith(second) ? "uz-Latn" : "ru")
                                + "\"}"));
        Client till = tills.subscribed("settings");
        assertThat(till.next("snapshot").at("/data/user/language").asText()).isEqualTo("ru");

        till.auth(tills.token());
        till.next("welcome");
        till.auth(second);
        till.next("welcome");

        assertThat(till.next("snapshot").at("/data/user/language").asText()).isEqualTo("uz-Latn");
    }

    @Test
    void anOpenSaleIsFollowedByItsId() {
        String sale = Ids.next().toString();
        owners.answer("/api/sales/" + sale, 200, "{\"id\":\"" + sale + "\",\"revision\":4}");
        Client till = tills.subscribed("sale:" + sale);
        assertThat(till.next("snapshot").path("data").path("revision").asInt()).isEqualTo(4);

        publishSale("other");
        kafka.publish(Topics.SALES, shop, "sale.updated", sale, "{\"id\":\"" + sale + "\",\"revision\":4}");
        kafka.publish(Topics.SALES, shop, "sale.updated", sale, "{\"id\":\"" + sale + "\",\"revision\":5}");
        kafka.publish(Topics.SALES, shop, "sale.deleted", sale, "{\"id\":\"" + sale + "\"}");

        JsonNode event = till.next("event");
        if (event.path("type").asText().equals("sale.updated")) {
            assertThat(event.path("channel").asText()).isEqualTo("sale:" + sale);
            assertThat(event.path("data").path("revision").asInt()).isEqualTo(5);
            event = till.next("event");
        }
        assertThat(event.path("type").asText()).isEqualTo("sale.deleted");
    }

    @Test
    void rowsOfAnImportAreLeftOut() {
        Client till = tills.subscribed("products");
        kafka.publish(
                Topics.PRODUCTS,
                shop,
                "products.changed",
                null,
                "{\"toVersion\":2,\"bulk\":true,\"rows\":[{\"id\":\"1\"}]}");
        kafka.publish(
                Topics.PRODUCTS,
                shop,
                "products.changed",
                null,
                "{\"toVersion\":3,\"rows\":[{\"id\":\"1\",\"name\":\"non\"}]}");

        JsonNode bulk = till.next("event").path("data");
        assertThat(bulk.path("toVersion").asInt()).isEqualTo(2);
        assertThat(bulk.has("rows")).isFalse();
        assertThat(till.next("event")
                        .path("data")
                        .path("rows")
                        .get(0)
                        .path("name")
                        .asText())
                .isEqualTo("non");
    }

    @Test
    void whoMayNotSeeTotalsDoesNotGetThem() {
        Client till = tills.connect()
                .auth(Tokens.of(shop, Role.CASHIER)
                        .with(Claims.MAY_SEE_TOTALS, "false")
                        .sign());
        till.next("welcome");
        till.subscribe("totals", "sales");

        JsonNode refusal = till.next("error");
        assertThat(refusal.path("type").asText()).isEqualTo("/problems/not-allowed");
        assertThat(refusal.path("channel").asText()).isEqualTo("totals");
        assertThat(till.next("subscribed").path("channels").toString()).isEqualTo("[\"sales\"]");
    }

    @Test
    void anOwnerThatIsAwayIsToldAndTheEventsGoOn() {
        owners.answer("/api/totals", 503, "away");
        Client till = tills.subscribed("totals");

        assertThat(till.next("error").path("type").asText()).isEqualTo("/problems/snapshot-unavailable");
        publishTotals(7);
        assertThat(till.next("event").path("data").path("version").asInt()).isEqualTo(7);
    }

    @Test
    void eventsWaitForTheirSnapshotEvenWhenItIsSlow() {
        owners.answer("/api/totals", request -> {
            publishTotals(5);
            vertx.setTimer(300, later -> request.response().end(totals(4)));
            return null;
        });
        Client till = tills.subscribed("totals");

        assertThat(till.next("snapshot").path("data").path("version").asInt()).isEqualTo(4);
        assertThat(till.next("event").path("data").path("version").asInt()).isEqualTo(5);
    }

    @Test
    void aChannelIsHadOnceHoweverOftenItIsAskedFor() {
        Client till = tills.subscribed("sales");
        till.subscribe("sales", "sales", "sync");
        assertThat(till.next("subscribed").path("channels").toString()).isEqualTo("[\"sales\",\"sync\"]");

        publishSale("a");
        publishSale("b");

        assertThat(till.next("event").path("data").path("id").asText()).isEqualTo("a");
        assertThat(till.next("event").path("data").path("id").asText()).isEqualTo("b");
    }

    @Test
    void whoUnsubscribesHearsNoMoreAndTheOtherChannelsGoOn() {
        String sale = Ids.next().toString();
        Client till = tills.subscribed("sales", "sync", "sale:" + sale);
        till.next("snapshot");
        till.say("{\"op\":\"unsubscribe\",\"channels\":[\"sales\",\"products\",\"nothing\"]}")
                .say("{\"op\":\"ping\"}");
        till.next("pong");

        publishSale("unheard");
        publishSale(sale);
        kafka.publish(Topics.SYNC, shop, "sync.changed", "s", "{\"id\":\"s\"}");

        assertThat(List.of(channelOf(till.next("event")), channelOf(till.next("event"))))
                .containsExactlyInAnyOrder("sale:" + sale, "sync");
    }

    private static String channelOf(JsonNode event) {
        return event.path("channel").asText();
    }

    @Test
    void garbageIsAnsweredOrClosedAndNeverAnotherMansTrouble() {
        Client till = tills.connect().auth(tills.token());
        till.next("welcome");
        for (String garbage : List.of(
                "", "[]", "{", "null", "{\"op\":7}", "{\"op\":\"subscribe\",\"channels\":\"x\"}", "[".repeat(5000))) {
            till.say(garbage);
            assertThat(till.next("error").path("type").asText()).isEqualTo("/problems/invalid-message");
        }
        List<String> unknown =
                List.of("sale:../../secrets", "sale:", "sale:1", "SALES", "", "nothing", "totals:" + foreignShop);
        till.subscribe(unknown.toArray(String[]::new));
        unknown.forEach(
                name -> assertThat(till.next("error").path("type").asText()).isEqualTo("/problems/unknown-channel"));
        assertThat(till.say("x".repeat(20_000)).closeCode()).isEqualTo(4413);
        assertThat(tills.connect().sayBytes(new byte[10]).closeCode()).isEqualTo(4415);
    }

    @Test
    void aHundredChannelsAreEnough() {
        Client till = tills.connect().auth(tills.token());
        till.next("welcome");
        String[] many = new String[150];
        for (int sale = 0; sale < many.length; sale++) {
            many[sale] = "sale:" + new UUID(sale, sale);
        }
        till.subscribe(many);
        assertThat(till.next("error").path("type").asText()).isEqualTo("/problems/too-many-channels");
        assertThat(till.next("subscribed").path("channels")).hasSize(100);

        till.subscribe(java.util.Arrays.copyOf(many, 100));
        eventually(() -> assertThat(till.texts())
                .filteredOn(text -> text.contains("\"subscribed\""))
                .hasSize(2));
        assertThat(till.texts())
                .filteredOn(text -> text.contains("too-many-channels"))
                .hasSize(1);
    }

    @Test
    void namesWithoutEndGetAHundredAnswers() {
        Client till = tills.welcome(tills.token());
        till.subscribe(java.util.Collections.nCopies(1_000, "x").toArray(String[]::new));
        for (int name = 0; name < 100; name++) {
            assertThat(till.next("error").path("type").asText()).isEqualTo("/problems/unknown-channel");
        }
        assertThat(till.next("error").path("type").asText()).isEqualTo("/problems/too-many-channels");
        till.say("{\"op\":\"ping\"}").next("pong");
    }

    @Test
    void aSlowReaderGetsAllWhenItReadsAgainAndSlowsNobody() throws IOException {
        RawClient slow = new RawClient(address.getPort(), 8_192);
        assertThat(slow.head().toLowerCase(java.util.Locale.ROOT)).contains("sec-websocket-protocol: pos.v1");
        String unused = slow.text("{\"op\":\"auth\",\"token\":\"" + tills.token() + "\"}")
                .text("{\"op\":\"subscribe\",\"channels\":[\"sales\"]}")
                .awaitText("\"subscribed\"");
        Client quick = tills.subscribed("sales");
        int events = 2_000;
        String padding = "x".repeat(1_000);
        for (int sale = 0; sale < events; sale++) {
            kafka.publish(
                    Topics.SALES,
                    shop,
                    "sale.opened",
                    "s" + sale,
                    "{\"id\":\"s" + sale + "\",\"comment\":\"" + padding + "\"}");
        }
        for (int sale = 0; sale < events; sale++) {
            assertThat(quick.next("event").path("data").path("id").asText()).isEqualTo("s" + sale);
        }
        for (int sale = 0; sale < events; sale++) {
            assertThat(slow.next()).contains("{\"id\":\"s" + sale + "\"");
        }
        slow.close();
    }

    @Test
    void statsAreOfTheOwnEnterpriseOnly() {
        tills.subscribed("sales");
        publishSale("a");
        String admin = Tokens.of(shop, Role.ADMIN).sign();
        eventually(() -> assertThat(given().auth()
                        .oauth2(admin)
                        .get("/api/live/stats")
                        .jsonPath()
                        .getInt("connections"))
                .isEqualTo(1));
        given().auth()
                .oauth2(Tokens.of(foreignShop, Role.ADMIN).sign())
                .get("/api/live/stats")
                .then()
                .statusCode(200)
                .body("connections", org.hamcrest.Matchers.is(0))
                .body("events", org.hamcrest.Matchers.is(0));
        given().auth().oauth2(tills.token()).get("/api/live/stats").then().statusCode(403);
        given().get("/api/live/stats").then().statusCode(401);
    }

    private void publishSale(String id) {
        kafka.publish(Topics.SALES, shop, "sale.opened", id, "{\"id\":\"" + id + "\"}");
    }

    private void publishTotals(int version) {
        kafka.publish(Topics.TOTALS, shop, "totals.changed", "2026-01-01", totals(version));
    }

    private static String totals(int version) {
        return "{\"date\":\"2026-01-01\",\"version\":" + version + "}";
    }
}
