package uz.ksb.pos.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.until;

import com.standardwebhooks.Webhook;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.net.http.HttpHeaders;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.sync.BackOfficeFixture.Asked;
import uz.ksb.pos.sync.BackOfficeFixture.Reply;

@QuarkusTest
@QuarkusTestResource(BackOfficeFixture.class)
class SyncTest {
    private static final String PRODUCTS = """
            {"status":"successfully","object":"product_update","item":["p-1"," p-2 "],
             "symbol":["dona"],"currency":["UZS"],"warehouse":["asosiy"],"price_type":["chakana"],
             "detail":[
               {"name":"Shakar","article":"A1","symbol":0,"currency":0,"barcodes":["4780000000001"],"box":12,
                "stock":[{"warehouse":0,"qty":5.5}],"price":[{"type":0,"sale":12500}],"delete":false,"archive":false},
               {"name":"Yaroqsiz","symbol":0,"currency":0,"barcodes":[],"stock":[],"price":[],"delete":true,"archive":false}]}""";

    private static Ingestion ingestion;

    private final String ksbId =
            "1" + String.format("%07d", Math.abs(UUID.randomUUID().hashCode() % 10_000_000));
    private final String device = UUID.randomUUID().toString();

    @BeforeAll
    static void playTheOtherServices() {
        ingestion = new Ingestion();
        until(ingestion::isStarted);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        ingestion.close();
    }

    @BeforeEach
    void reset() {
        BackOfficeFixture.reset();
    }

    @Test
    void aRunBringsAllPartsConfirmsThemAndTellsTheCrmOnce() {
        BackOfficeFixture.on("product_update", PRODUCTS);

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
        assertThat(BackOfficeFixture.asked("remove")).singleElement().satisfies(confirmed -> assertThat(
                        confirmed.body())
                .as("a rejected row is not confirmed")
                .contains("{\"id\":[\"p-1\"],\"object\":\"product_update\"}"));
        eventually(() -> assertThat(crmRequests(id)).hasSize(1));
        assertSigned(crmRequests(id).getFirst());
        assertThat(events("sync.completed", id)).hasSize(1);
        assertThat(crmRequests(id).getFirst().body())
                .contains(events("sync.completed", id).getFirst().event().id().toString());
    }

    @Test
    void usersSettingsAndLicenceAreOfferedWholeAndNotConfirmed() {
        BackOfficeFixture.on("users", """
                {"enterprise":{"name":"Do'kon","phone_number":"+998 71 200 00 00","licence_until":"2031-05-06"},
                 "list_users":[{"login":"Nodira","name":"Nodira Aliyeva","usertype":"manager"},{"login":"sherzod"}]}""");
        BackOfficeFixture.on("user_settings", """
                {"users":[{"user_id":"1","user_name":"nodira","usertype":"manager",
                 "warehouse":[{"warehouse":"asosiy","main":true}],"price_types":[{"type":"chakana","main":true}],
                 "cash":[{"type":"Наличные","cash":"naqd"},{"type":"Пластик","cash":"terminal"}],
                 "currency":"UZS","max_discount":7.5,"change_price":true,"view_buy":false}]}""");
        BackOfficeFixture.on("settings", "{\"resend_minutes\":3,\"receipt_width\":58,\"scan_raises_line\":false}");

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(rows(Topics.SETTINGS_UPDATES, id, "enterprise.rows"))
                .contains("\"licenceUntil\":\"2031-05-06\"", "\"phones\":[\"+998 71 200 00 00\"]");
        assertThat(rows(Topics.SETTINGS_UPDATES, id, "settings.rows"))
                .contains("\"id\":\"Nodira\"", "\"name\":\"Nodira Aliyeva\",\"role\":\"MANAGER\"")
                .contains("\"maxDiscountPercent\":\"7.5\"", "\"kind\":\"CARD\",\"id\":\"terminal\"")
                .contains("\"id\":\"sherzod\"")
                .contains("\"resendSeconds\":180,\"receiptWidth\":\"MM58\",\"scan\":\"ADDS_LINE\"");
        assertThat(sync(id).getInt("parts.find { it.part == 'settings' }.received"))
                .isEqualTo(3);
        assertThat(BackOfficeFixture.asked("remove")).isEmpty();
    }

    @Test
    void aDeviceThatTheBackOfficeDoesNotAdmitGetsNothing() {
        BackOfficeFixture.on("permission", "{\"status\":\"empty\",\"permission\":false}");

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("FAILED"));
        assertThat(sync(id).getString("parts[0].reason")).isEqualTo("the back office does not admit this device");
        assertThat(BackOfficeFixture.asked("users")).isEmpty();
        assertThat(BackOfficeFixture.asked("product_update")).isEmpty();
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
        BackOfficeFixture.on("symbol", () -> new Reply(200, slowly()));

        String one = start(device);

        assertThat(start(device)).isEqualTo(one);
        eventually(() -> assertThat(sync(one).getString("status")).isEqualTo("COMPLETED"));
    }

    @Test
    void aPartThatFailsIsTriedAgain() {
        AtomicInteger calls = new AtomicInteger();
        BackOfficeFixture.on(
                "symbol",
                () -> calls.incrementAndGet() == 1
                        ? new Reply(200, "<html>Iltimos, kuting</html>")
                        : new Reply(
                                200, "{\"status\":\"successfully\",\"object\":\"symbol\",\"item\":[],\"detail\":[]}"));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(calls).hasValue(2);
    }

    @Test
    void aPartThatKeepsFailingEndsTheRunWithoutCooldown() {
        String warmUp = start(device);
        eventually(() -> assertThat(sync(warmUp).getString("status")).isEqualTo("COMPLETED"));
        BackOfficeFixture.on("client", "{\"status\":\"successfully\",\"item\":[\"1\",\"2\"],\"detail\":[{}]}");

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("FAILED"));
        assertThat(sync(id).getString("parts.find { it.part == 'customers' }.reason"))
                .isEqualTo("the answer to client is not complete");
        assertThat(sync(id).getString("parts.find { it.part == 'products' }.state"))
                .isEqualTo("APPLIED");
        cooldown(device).body("nextAllowedAt", nullValue());
        assertThat(crmRequests(id)).isEmpty();
    }

    @Test
    void aRunWhoseReplicaDiedGoesOnAtAnother() throws SQLException {
        // The state that a replica leaves when it is killed while it reads: the part READING, the enterprise leased to
        // it.
        BackOfficeFixture.on("symbol", () -> new Reply(200, slowly()));
        String id = start(device);
        try (Connection connection = TestInfrastructure.database()) {
            connection
                    .createStatement()
                    .execute("update sync_parts set state = 'READING' where sync_id = '" + id
                            + "' and part = 'warehouses' and state = 'WAITING'");
            connection
                    .createStatement()
                    .execute("update reader_leases set owner = gen_random_uuid() where ksb_id = '" + ksbId + "'");
        }

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
    }

    @Test
    void theCrmIsToldAgainWithTheSameIdUntilItAnswers() {
        AtomicInteger calls = new AtomicInteger();
        BackOfficeFixture.on("crm", () -> new Reply(calls.incrementAndGet() < 3 ? 500 : 204, ""));

        String id = start(device);

        eventually(() -> assertThat(crmRequests(id)).hasSize(3));
        assertThat(crmRequests(id).stream()
                        .map(one -> one.headers().get("webhook-id"))
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
        BackOfficeFixture.on("symbol", () -> new Reply(200, slowly()));
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
        assertThat(BackOfficeFixture.asked("recovery")).singleElement().satisfies(asked -> assertThat(asked.query())
                .contains("ksb_id=" + ksbId));
        given().auth().oauth2(token(device)).post("/api/syncs/full").then().statusCode(403);
    }

    @Test
    void aPartWhoseRowsAreLostFailsUnconfirmed() {
        BackOfficeFixture.on("product_update", PRODUCTS.replace("Shakar", Ingestion.LOST));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("FAILED"));
        assertThat(sync(id).getString("parts.find { it.part == 'products' }.reason"))
                .isEqualTo("0 of 2 rows arrived");
        assertThat(BackOfficeFixture.asked("product_update")).as("tries").hasSize(3);
        assertThat(BackOfficeFixture.asked("remove")).isEmpty();
    }

    @Test
    void aRunWith15000RejectedRowsEndsWell() {
        BackOfficeFixture.on("client", customers(15_000, Ingestion.REJECTED));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(sync(id).getInt("parts.find { it.part == 'customers' }.rejectedCount"))
                .isEqualTo(15_000);
        assertThat(sync(id).getList("parts.find { it.part == 'customers' }.rejected"))
                .hasSize(100);
        assertThat(BackOfficeFixture.asked("remove")).isEmpty();
    }

    @Test
    void rowsAreConfirmedInPieces() {
        BackOfficeFixture.on("client", customers(12_000, "Ali"));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(BackOfficeFixture.asked("remove")).hasSize(3);
        assertThat(String.join(
                        "",
                        BackOfficeFixture.asked("remove").stream()
                                .map(Asked::body)
                                .toList()))
                .contains("\"c-0\"", "\"c-4999\"", "\"c-5000\"", "\"c-11999\"");
    }

    @Test
    void aConfirmationThatKeepsFailingEndsTheRun() {
        BackOfficeFixture.on("client", customers(1, "Ali"));
        BackOfficeFixture.on("remove", () -> new Reply(500, ""));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("FAILED"));
        assertThat(BackOfficeFixture.asked("remove")).hasSize(3);
    }

    @Test
    void aRowThatCannotBeTranslatedIsRejectedAlone() {
        BackOfficeFixture.on(
                "product_update",
                PRODUCTS.replace(
                        "\"name\":\"Shakar\",\"article\":\"A1\",\"symbol\":0", "\"name\":\"Shakar\",\"symbol\":5"));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        assertThat(sync(id).getString("parts.find { it.part == 'products' }.rejected[0].reason"))
                .isEqualTo("the row points to symbol[5], which is not there");
        assertThat(sync(id).getInt("parts.find { it.part == 'products' }.rejectedCount"))
                .isEqualTo(2);
        assertThat(BackOfficeFixture.asked("remove")).isEmpty();
    }

    @Test
    void theLoginDoesNotFollowARedirect() {
        BackOfficeFixture.on("permission", () -> new Reply(302, ""));

        String id = start(device);

        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("FAILED"));
        assertThat(sync(id).getString("parts[0].reason")).endsWith("with status 302");
        assertThat(BackOfficeFixture.asked("elsewhere")).isEmpty();
    }

    @Test
    void aCooldownFromATimeThatWentBackIsIgnored() throws SQLException {
        String id = start(device);
        eventually(() -> assertThat(sync(id).getString("status")).isEqualTo("COMPLETED"));
        try (Connection connection = TestInfrastructure.database()) {
            connection
                    .createStatement()
                    .execute("update syncs set next_allowed_at = clock_timestamp() + interval '1 day' where id = '" + id
                            + "'");
            connection
                    .createStatement()
                    .execute("insert into reader_leases (ksb_id, owner, until) values ('" + ksbId
                            + "', gen_random_uuid(), clock_timestamp() + interval '1 day')");
        }

        cooldown(device).body("nextAllowedAt", nullValue());
        String next = start(device);

        eventually(() -> assertThat(sync(next).getString("status")).isEqualTo("COMPLETED"));
    }

    private static String customers(int count, String name) {
        String ids = IntStream.range(0, count).mapToObj(i -> "\"c-" + i + "\"").collect(Collectors.joining(","));
        String rows = IntStream.range(0, count)
                .mapToObj(i -> "{\"name\":\"" + name + "\"}")
                .collect(Collectors.joining(","));
        return "{\"status\":\"successfully\",\"object\":\"client\",\"item\":[" + ids + "],\"detail\":[" + rows + "]}";
    }

    /** Long enough for the test to act while the part is being read. */
    private static String slowly() {
        java.util.concurrent.locks.LockSupport.parkNanos(
                java.time.Duration.ofMillis(700).toNanos());
        return "{\"status\":\"successfully\",\"object\":\"symbol\",\"item\":[],\"detail\":[]}";
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

    private static List<Asked> crmRequests(String sync) {
        return BackOfficeFixture.asked("crm").stream()
                .filter(one -> one.body().contains(sync))
                .toList();
    }

    private static void assertSigned(Asked request) {
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        assertThatCode(() -> new Webhook(BackOfficeFixture.SECRET)
                        .verify(request.body(), HttpHeaders.of(headers, (name, value) -> true)))
                .doesNotThrowAnyException();
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
