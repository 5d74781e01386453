package uz.ksb.pos.settings.pin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.as;
import static uz.ksb.pos.settings.Till.json;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.settings.Till;

@QuarkusTest
class PinTest {
    private static final String PIN = "482916";

    private final String login = "m" + UUID.randomUUID();
    private final UUID sale = UUID.randomUUID();
    private Till till;
    private String admin;
    private String cashier;

    @BeforeEach
    void aTillWithAManager() {
        till = Till.of(ONE);
        admin = till.accessToken("admin");
        cashier = till.accessToken("kassir");
        user(login, "MANAGER");
    }

    @Test
    void aManagersApprovalIsBoundToWhatWasAsked() {
        setPin(login, PIN).then().statusCode(204);

        Response answer = approve(Map.of("discountPercent", "15.5", "price", true));

        answer.then().statusCode(200).body("approvedBy", equalTo(login)).body("expiresIn", equalTo(900));
        JsonObject claims = claims(answer.path("approval"));
        assertThat(claims.getString("aud")).isEqualTo("ksb-pos-approval");
        assertThat(claims.getString("ksb_id")).isEqualTo(ONE);
        assertThat(claims.getString("device_id")).isEqualTo(till.deviceId().toString());
        assertThat(claims.getString("sale_id")).isEqualTo(sale.toString());
        assertThat(claims.getString("preferred_username")).isEqualTo(login);
        assertThat(claims.getString("max_discount")).isEqualTo("15.5");
        assertThat(claims.getString("may_change_price")).isEqualTo("true");
        assertThat(claims.getJsonArray("groups")).isEmpty();
    }

    @Test
    void anApprovalOfNothingRaisesNothing() {
        setPin(login, PIN);

        JsonObject claims = claims(approve(Map.of()).path("approval"));

        assertThat(claims.getString("max_discount")).isEqualTo("0");
        assertThat(claims.getString("may_change_price")).isEqualTo("false");
        JsonObject ofReturn =
                claims(approve(Map.of("returnWithoutReceipt", true)).path("approval"));
        assertThat(ofReturn.getJsonArray("groups")).containsExactly("MANAGER");
    }

    @Test
    void anApprovalOpensNoEndpoint() {
        setPin(login, PIN);
        String approval = approve(Map.of("returnWithoutReceipt", true)).path("approval");

        as(approval).get("/api/users/me/settings").then().statusCode(401);
    }

    @Test
    void aManagerApprovesOnlyWhatTheManagerMayDo() {
        setPin(login, PIN);
        JsonObject settings = new JsonObject(
                as(admin).get("/api/users/" + login + "/settings").asString());
        settings.put("maxDiscountPercent", "20").put("mayChangePrice", false);
        as(admin)
                .body(settings.encode())
                .put("/api/users/" + login + "/settings")
                .then()
                .statusCode(200);

        approve(Map.of("discountPercent", "20")).then().statusCode(200);
        approve(Map.of("discountPercent", "20.01"))
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("discountPercent"));
        approve(Map.of("price", true)).then().statusCode(422).body("violations[0].field", equalTo("price"));
    }

    @Test
    void aCashiersPinApprovesNothing() {
        String other = "k" + UUID.randomUUID();
        user(other, "CASHIER");
        setPin(other, PIN);

        approve(other, PIN, Map.of()).then().statusCode(403).body("type", equalTo("/problems/not-a-manager"));
    }

    @Test
    void wrongPinsAreAnsweredAlikeAndThenWait() {
        String without = "w" + UUID.randomUUID();
        user(without, "MANAGER");
        String unknown = approve("nobody" + UUID.randomUUID(), PIN, Map.of()).asString();
        assertThat(approve(without, PIN, Map.of()).asString()).isEqualTo(unknown);
        setPin(login, PIN);

        for (int wrong = 0; wrong < 5; wrong++) {
            Response answer = approve(login, "000000", Map.of());
            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.asString()).isEqualTo(unknown);
        }

        Response right = approve(login, PIN, Map.of());
        right.then().statusCode(429);
        assertThat(Integer.parseInt(right.header("Retry-After"))).isBetween(50, 60);
        // Nobody else has to wait.
        setPin(without, PIN);
        approve(without, PIN, Map.of()).then().statusCode(200);
    }

    @Test
    void anotherEnterprisesManagerIsUnknownHere() {
        setPin(login, PIN);
        Till foreign = Till.of(OTHER);

        Map<String, Object> body = new HashMap<>(Map.of("saleId", sale.toString(), "login", login, "pin", PIN));
        as(foreign.accessToken("kassir"))
                .body(body)
                .post("/api/approvals")
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/wrong-pin"));
    }

    @Test
    void usersSetTheirOwnPinWithTheirPassword() {
        String token = till.login(login, PASSWORD).path("accessToken");

        setOwn(token, "wrong-password", PIN).then().statusCode(422).body("violations[0].field", equalTo("password"));
        setOwn(token, PASSWORD, "12a4").then().statusCode(400).body("violations[0].field", equalTo("pin"));
        setOwn(token, PASSWORD, "123").then().statusCode(400);
        setOwn(token, PASSWORD, PIN).then().statusCode(204);

        approve(Map.of()).then().statusCode(200);
        as(admin).get("/api/users/" + login).then().body("hasPin", equalTo(true));
        as(cashier)
                .body(Map.of("pin", PIN))
                .put("/api/users/" + login + "/pin")
                .then()
                .statusCode(403);
    }

    @Test
    void aPinIsNeverThePassword() {
        as(admin).body(Map.of("password", "73519284")).patch("/api/users/" + login);

        setPin(login, "73519284").then().statusCode(422).body("type", equalTo("/problems/pin-is-password"));
    }

    @Test
    void aNewPasswordTakesThePinAway() {
        setPin(login, PIN);

        as(admin)
                .body(Map.of("password", PIN))
                .patch("/api/users/" + login)
                .then()
                .body("hasPin", equalTo(false));

        approve(Map.of()).then().statusCode(422);
    }

    @Test
    void cashiersTakeTurnsByPinWhereTheirPasswordIsKnown() {
        setPin(login, PIN);

        takeOver(till, login, PIN).then().statusCode(403).body("type", equalTo("/problems/password-needed"));
        till.login(login, PASSWORD).then().statusCode(200);
        Response taken = takeOver(till, login.toUpperCase(Locale.ROOT), PIN);

        taken.then().statusCode(200).body("user.login", equalTo(login)).body("refreshToken", not(equalTo(null)));
        till.refresh(taken.path("refreshToken")).then().statusCode(200);
        takeOver(till, login, "000000").then().statusCode(422);
        takeOver(Till.of(ONE), login, PIN).then().statusCode(403);
    }

    @Test
    void anAdministratorNeedsThePassword() {
        String boss = "a" + UUID.randomUUID();
        user(boss, "ADMIN");
        setPin(boss, PIN);
        till.login(boss, PASSWORD).then().statusCode(200);

        takeOver(till, boss, PIN).then().statusCode(403).body("type", equalTo("/problems/password-needed"));
    }

    @Test
    void aTillLearnsWhoMayApproveAndWhoHasAPin() {
        setPin(login, PIN);

        json("").header("X-Device-Token", till.token())
                .get("/api/enterprises/" + ONE + "/users")
                .then()
                .body("find { it.login == '" + login + "' }.manager", equalTo(true))
                .body("find { it.login == '" + login + "' }.hasPin", equalTo(true))
                .body("find { it.login == 'kassir' }.manager", equalTo(false));
    }

    private void user(String name, String role) {
        as(admin)
                .body(Map.of("login", name, "displayName", name, "role", role, "password", PASSWORD))
                .post("/api/users")
                .then()
                .statusCode(201);
    }

    private Response setPin(String name, String pin) {
        return as(admin).body(Map.of("pin", pin)).put("/api/users/" + name + "/pin");
    }

    private static Response setOwn(String token, String password, String pin) {
        return as(token).body(Map.of("password", password, "pin", pin)).put("/api/users/me/pin");
    }

    private Response approve(Map<String, Object> what) {
        return approve(login, PIN, what);
    }

    private Response approve(String name, String pin, Map<String, Object> what) {
        Map<String, Object> body = new HashMap<>(what);
        body.putAll(Map.of("saleId", sale.toString(), "login", name, "pin", pin));
        return as(cashier).body(body).post("/api/approvals");
    }

    private static Response takeOver(Till till, String name, String pin) {
        return json(Map.of("ksbId", till.ksbId(), "deviceId", till.deviceId().toString(), "login", name, "pin", pin))
                .header("X-Device-Token", till.token())
                .post("/api/auth/pin");
    }

    private static JsonObject claims(String token) {
        byte[] body = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return new JsonObject(new String(body, StandardCharsets.UTF_8));
    }
}
