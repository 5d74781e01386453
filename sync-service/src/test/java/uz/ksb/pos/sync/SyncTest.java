package uz.ksb.pos.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;

@QuarkusTest
@QuarkusTestResource(SyncBackOffice.class)
class SyncTest extends SyncRunTest {
    private static final Map<String, Object> LONG_ENOUGH_TO_ACT = Map.of("latencyMs", 700);

    private final String ksbId =
            "1" + String.format("%07d", Math.abs(UUID.randomUUID().hashCode() % 10_000_000));
    private final SimulatedBackOffice office = new SimulatedBackOffice(ksbId);
    private final String device = UUID.randomUUID().toString();

    @Test
    void aRunBringsAllPartsConfirmsThemAndTellsTheCrmOnce() {
        office.product(Map.of(
                "id", "p-1",
                "name", "Shakar",
                "unit", "dona",
                "prices", Map.of("chakana", 12500),
                "stock", Map.of("asosiy", 5.5)));
        office.product(Map.of("id", " p-2 ", "name", Ingestion.REJECTED, "deleted", true));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        JsonPath sync = sync(id);
        assertThat(sync.getList("parts.state", String.class)).hasSize(12).containsOnly("APPLIED");
        assertThat(sync.getInt("parts.find { it.part == 'products' }.received")).isEqualTo(2);
        assertThat(rows(id, "products.rows"))
                .contains("\"unit\":\"dona\"")
                .contains("\"price\":\"12500\"")
                .contains("\"quantity\":\"5.5\"")
                .contains("\"deleted\":true");
        assertThat(confirmed("product_update"))
                .as("a rejected row is not confirmed")
                .containsExactly(1);
        assertThat(confirmed("symbol")).containsExactly(3);
        eventually(() -> assertThat(office.crm().getInt("count")).isEqualTo(1));
        assertThat(office.crm().getInt("refused")).as("badly signed").isZero();
        eventually(
                () -> assertThat(events("sync.completed", id)).singleElement().satisfies(completed -> assertThat(
                                office.crm().getList("requests.event.id"))
                        .isEqualTo(List.of(completed.event().id().toString()))));
    }

    @Test
    void settingsAndLicenceComeWholeAndUnconfirmed() {
        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(rows(Topics.SETTINGS_UPDATES, id, "enterprise.rows")).contains("\"licenceUntil\":\"2030-12-31\"");
        assertThat(rows(Topics.SETTINGS_UPDATES, id, "settings.rows"))
                .contains("\"id\":\"menejer\"", "\"role\":\"MANAGER\"", "\"receiptWidth\":\"MM80\"");
        assertThat(sync(id).getInt("parts.find { it.part == 'settings' }.received"))
                .as("three users and the device")
                .isEqualTo(4);
        assertThat(office.requests("remove"))
                .as("units, warehouses, price types, cash desks, currencies")
                .hasSize(5);
    }

    @Test
    void aDeviceThatTheBackOfficeDoesNotAdmitGetsNothing() {
        office.misbehave("permission", Map.of("deniedDevices", List.of(device)));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("FAILED"));
        assertThat(sync(id).getString("parts[0].reason")).isEqualTo("the back office does not admit this device");
        assertThat(office.requests("users")).isEmpty();
        assertThat(office.requests("product_update")).isEmpty();
    }

    @Test
    void aDevicesFirstRunStartsNoCooldownTheSecondDoes() {
        String first = start(device);
        eventually(() -> assertThat(sync(first).getString("status")).isEqualTo("COMPLETED"));
        assertThat(sync(first).getBoolean("first")).isTrue();
        assertThat(sync(first).getString("nextAllowedAt")).isNull();

        String second = start(device);
        eventually(() -> assertThat(sync(second).getString("status")).isEqualTo("COMPLETED"));

        post(device)
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", Integer::parseInt, greaterThan(590));
        cooldown(device).body("nextAllowedAt", notNullValue()).body("secondsLeft", greaterThan(590));
        cooldown(UUID.randomUUID().toString()).body("nextAllowedAt", nullValue());
    }

    @Test
    void pressingTwiceGivesTheRunningRun() {
        office.misbehave("symbol", LONG_ENOUGH_TO_ACT);

        String one = start(device);

        assertThat(start(device)).isEqualTo(one);
        eventually(() -> assertThat(sync(one).getString("status")).isEqualTo("COMPLETED"));
    }

    @Test
    void aPartThatFailsIsTriedAgain() {
        office.misbehave("symbol", Map.of("htmlRate", 1, "times", 1));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(office.requests("symbol")).hasSize(2);
    }

    @Test
    void aPartThatKeepsFailingEndsTheRunWithoutCooldown() {
        String warmUp = start(device);
        eventually(() -> assertThat(sync(warmUp).getString("status")).isEqualTo("COMPLETED"));
        office.answer("client", "{\"status\":\"successfully\",\"item\":[\"1\",\"2\"],\"detail\":[{}]}");

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("FAILED"));
        assertThat(sync(id).getString("parts.find { it.part == 'customers' }.reason"))
                .isEqualTo("the back office's answer to client is not complete");
        assertThat(sync(id).getString("parts.find { it.part == 'products' }.state"))
                .isEqualTo("APPLIED");
        cooldown(device).body("nextAllowedAt", nullValue());
        assertThat(office.requests("crm")).noneMatch(request -> request.body().contains(id));
    }

    @Test
    void aRunWhoseReplicaDiedGoesOnAtAnother() throws SQLException {
        // A replica that is killed while it reads leaves the part READING and the enterprise leased to itself.
        office.misbehave("symbol", LONG_ENOUGH_TO_ACT);
        String id = start(device);
        execute(
                "update sync_parts set state = 'READING' where sync_id = '" + id
                        + "' and part = 'warehouses' and state = 'WAITING'",
                "update reader_leases set owner = gen_random_uuid() where ksb_id = '" + ksbId + "'");

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
    }

    @Test
    void theCrmIsToldAgainWithTheSameIdUntilItAnswers() {
        office.misbehave("crm", Map.of("status", 500, "times", 2));

        start(device);

        eventually(() -> assertThat(office.requests("crm")).hasSize(3));
        assertThat(office.requests("crm").stream()
                        .map(request -> request.json().getString("id"))
                        .distinct())
                .hasSize(1);
        eventually(() -> notifications(Role.ADMIN)
                .statusCode(200)
                .body("items[0].status", equalTo("RECEIVED"))
                .body("items[0].attempts", equalTo(3)));
    }

    @Test
    void anotherEnterpriseSeesNothing() {
        String id = start(device);
        String foreign = Tokens.of("99999999", Role.ADMIN).sign();

        given().auth().oauth2(foreign).get("/api/syncs/" + id).then().statusCode(404);
        given().auth().oauth2(foreign).delete("/api/syncs/" + id).then().statusCode(404);
        given().auth().oauth2(foreign).get("/api/syncs").then().body("items.size()", equalTo(0));
        given().auth().oauth2(foreign).get("/api/syncs/cooldown").then().body("running", nullValue());
        given().auth().oauth2(foreign).get("/api/crm-notifications").then().body("items.size()", equalTo(0));
        given().auth()
                .oauth2(foreign)
                .post("/api/crm-notifications/" + UUID.randomUUID() + "/redelivery")
                .then()
                .statusCode(404);
        notifications(Role.CASHIER).statusCode(403);
        given().get("/api/syncs").then().statusCode(401);
        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
    }

    @Test
    void aCancelledRunEndsAndTellsNobody() {
        office.misbehave("symbol", LONG_ENOUGH_TO_ACT);
        String id = start(device);

        given().auth().oauth2(token(device)).delete("/api/syncs/" + id).then().body("status", equalTo("CANCELLED"));

        String next = start(device);
        eventually(() -> assertThat(sync(next).getString("status")).isEqualTo("COMPLETED"));
        assertThat(sync(id).getString("status")).isEqualTo("CANCELLED");
        assertThat(events("sync.completed", id)).isEmpty();
    }

    @Test
    void anAdminAsksForEverythingAgain() {
        given().auth()
                .oauth2(Tokens.of(ksbId, Role.ADMIN).sign())
                .post("/api/syncs/full")
                .then()
                .statusCode(204);
        assertThat(office.requests("recovery")).hasSize(1);
        given().auth().oauth2(token(device)).post("/api/syncs/full").then().statusCode(403);
    }

    @Test
    void aPartWhoseRowsAreLostFailsUnconfirmed() {
        office.product(Map.of("id", "p-1", "name", Ingestion.LOST));
        office.product(Map.of("id", "p-2", "name", "Choy"));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("FAILED"));
        assertThat(sync(id).getString("parts.find { it.part == 'products' }.reason"))
                .isEqualTo("0 of 2 rows arrived");
        assertThat(office.requests("product_update")).as("tries").hasSize(3);
        assertThat(confirmed("product_update")).isEmpty();
    }

    @Test
    void aRunWith15000RejectedRowsEndsWell() {
        office.answer("client", customers(15_000, Ingestion.REJECTED));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(sync(id).getInt("parts.find { it.part == 'customers' }.rejectedCount"))
                .isEqualTo(15_000);
        assertThat(sync(id).getList("parts.find { it.part == 'customers' }.rejected"))
                .hasSize(100);
        assertThat(confirmed("client")).isEmpty();
    }

    @Test
    void rowsAreConfirmedInPieces() {
        office.answer("client", customers(12_000, "Ali"));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(confirmed("client")).containsExactly(5000, 5000, 2000);
    }

    @Test
    void aConfirmationThatKeepsFailingEndsTheRun() {
        office.misbehave("remove", Map.of("status", 500));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("FAILED"));
        assertThat(office.requests("remove")).hasSize(3);
    }

    @Test
    void aRowThatCannotBeTranslatedIsRejectedAlone() {
        office.answer("product_update", """
                {"status":"successfully","object":"product_update","item":["p-1","p-2"],"symbol":["dona"],"currency":["UZS"],
                 "warehouse":[],"price_type":[],
                 "detail":[{"name":"Shakar","symbol":5,"currency":0},{"name":"Choy","symbol":0,"currency":0}]}""");

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(sync(id).getString("parts.find { it.part == 'products' }.rejected[0].reason"))
                .isEqualTo("the row points to symbol[5], which is not there");
        assertThat(sync(id).getInt("parts.find { it.part == 'products' }.rejectedCount"))
                .isEqualTo(1);
        assertThat(confirmed("product_update")).containsExactly(1);
    }

    @Test
    void idsThatCannotBeStoredAreRejectedAlone() {
        office.answer("symbol", """
                {"status":"successfully","object":"symbol","item":["a\\u0000","\\ud83c",null,"dona"],
                 "detail":[{"name":"A"},{"name":"B"},{"name":"Yaroqsiz"},{"name":"Dona"}]}""");

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(sync(id).getInt("parts.find { it.part == 'units' }.rejectedCount"))
                .isEqualTo(3);
        assertThat(sync(id).getString("parts.find { it.part == 'units' }.rejected[0].id"))
                .isEqualTo("a\ufffd");
        assertThat(confirmed("symbol")).containsExactly(1);
    }

    @Test
    void aCooldownFromATimeThatWentBackIsIgnored() throws SQLException {
        String id = start(device);
        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        execute(
                "update syncs set next_allowed_at = clock_timestamp() + interval '1 day' where id = '" + id + "'",
                "insert into reader_leases (ksb_id, owner, until) values ('" + ksbId
                        + "', gen_random_uuid(), clock_timestamp() + interval '1 day')"
                        + " on conflict (ksb_id) do update set owner = excluded.owner, until = excluded.until");

        cooldown(device).body("nextAllowedAt", nullValue());
        String next = start(device);

        eventually(() -> assertThat(sync(next).getString("status")).isEqualTo("COMPLETED"));
    }

    @Test
    void aNotificationFromATimeThatWentBackIsSent() throws SQLException {
        execute("insert into crm_notifications (id, ksb_id, sync_id, body, next_attempt_at, created_at)"
                + " values (gen_random_uuid(), '" + ksbId + "', 'sync', '{\"ksbid\":\"" + ksbId + "\"}',"
                + " clock_timestamp() + interval '2 days', clock_timestamp())");

        eventually(() -> assertThat(office.crm().getInt("count")).isEqualTo(1));
    }

    private static String customers(int count, String name) {
        String ids = IntStream.range(0, count).mapToObj(i -> "\"c-" + i + "\"").collect(Collectors.joining(","));
        String rows = IntStream.range(0, count)
                .mapToObj(i -> "{\"name\":\"" + name + "\"}")
                .collect(Collectors.joining(","));
        return "{\"status\":\"successfully\",\"object\":\"client\",\"item\":[" + ids + "],\"detail\":[" + rows + "]}";
    }

    /** How many rows of a kind each request confirmed. */
    private List<Integer> confirmed(String object) {
        return office.confirmations()
                .getList("confirmations.findAll { it.rows." + object + " != null }.rows." + object, Integer.class);
    }

    private String token(String device) {
        return Tokens.of(ksbId, Role.CASHIER).with(Claims.DEVICE_ID, device).sign();
    }

    private io.restassured.response.ValidatableResponse post(String device) {
        return given().auth()
                .oauth2(token(device))
                .contentType("application/json")
                .body("{}")
                .post("/api/syncs")
                .then();
    }

    private String start(String device) {
        return post(device)
                .statusCode(202)
                .header("Location", notNullValue())
                .extract()
                .path("id");
    }

    private JsonPath sync(String id) {
        return given().auth().oauth2(token(device)).get("/api/syncs/" + id).jsonPath();
    }

    private io.restassured.response.ValidatableResponse cooldown(String device) {
        return given().auth()
                .oauth2(token(device))
                .get("/api/syncs/cooldown")
                .then()
                .statusCode(200);
    }

    private io.restassured.response.ValidatableResponse notifications(Role role) {
        return given().auth()
                .oauth2(Tokens.of(ksbId, role).sign())
                .get("/api/crm-notifications")
                .then();
    }

    private static List<TopicReader.Published> events(String type, String sync) {
        return TopicReader.all(
                Topics.SYNC,
                one -> one.event().type().equals(type)
                        && sync.equals(one.event().subject()));
    }

    private static String rows(String sync, String type) {
        return rows(Topics.PRODUCT_UPDATES, sync, type);
    }

    private static String rows(String topic, String sync, String type) {
        return TopicReader.all(
                        topic,
                        one -> one.event().type().equals(type)
                                && sync.equals(one.event().subject()))
                .toString();
    }
}
