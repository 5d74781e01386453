package uz.ksb.pos.settings.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.as;
import static uz.ksb.pos.settings.Till.json;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.settings.Till;

@QuarkusTest
class LoginTest {
    @Test
    void aCashierLogsInAndTheTokenSaysWhatTheyMayDo() {
        Till till = Till.of(ONE);

        Response answer = till.login("kassir", PASSWORD);

        answer.then()
                .statusCode(200)
                .body("expiresIn", equalTo(900))
                .body("user.login", equalTo("kassir"))
                .body("user.role", equalTo("CASHIER"))
                .body("settings.maxDiscountPercent", equalTo("5"))
                .body("settings.warehouses[0].id", equalTo("asosiy"));
        JsonPath claims = claims(answer.path("accessToken"));
        assertThat(claims.getString("iss")).isEqualTo("ksb-pos");
        assertThat(claims.getString("aud")).isEqualTo("ksb-pos");
        assertThat(claims.getString("ksb_id")).isEqualTo(ONE);
        assertThat(claims.getString("device_id")).isEqualTo(till.deviceId().toString());
        assertThat(claims.getString("device_code")).isEqualTo(till.code());
        assertThat(claims.getString("preferred_username")).isEqualTo("kassir");
        assertThat(claims.getList("groups")).isEqualTo(List.of("CASHIER"));
        assertThat(claims.getString("zone")).isEqualTo("Asia/Tashkent");
        assertThat(claims.getString("day_start")).isEqualTo("00:00");
        assertThat(claims.getString("currency")).isEqualTo("UZS");
        assertThat(claims.getString("max_discount")).isEqualTo("5");
        assertThat(claims.getString("may_change_price")).isEqualTo("false");
        assertThat(claims.getInt("exp") - claims.getInt("iat")).isEqualTo(900);
    }

    @Test
    void whoeverIsNotLimitedHasNoMaxDiscountInTheToken() {
        JsonPath claims = claims(Till.of(OTHER).accessToken("admin"));

        assertThat(claims.getString("max_discount")).isNull();
        assertThat(claims.getString("currency")).isEqualTo("GBP");
        assertThat(claims.getList("groups", String.class)).containsExactlyInAnyOrder("ADMIN", "CASHIER", "MANAGER");
    }

    @Test
    void aLoginIsFoundWhateverItsCase() {
        Till.of(ONE).login(" Kassir", PASSWORD).then().statusCode(200);
    }

    @Test
    void anUnknownLoginIsAnsweredAsAWrongPasswordIs() {
        Till till = Till.of(ONE);

        Response unknown = till.login("nobody", "wrong-password");
        Response wrong = till.login("kassir", "wrong-password");

        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.asString()).isEqualTo(wrong.asString());
        assertThat(unknown.contentType()).startsWith("application/problem+json");
    }

    /** Each round tries all of them, so that a busy machine is busy for all alike. */
    @Test
    void neitherTheAnswerNorItsTimeTellsWhichLoginsExist() {
        String admin = Till.of(ONE).accessToken("admin");
        String without = newUser(admin, null);
        String disabled = newUser(admin, PASSWORD);
        as(admin)
                .body(Map.of("active", false))
                .patch("/api/users/" + disabled)
                .then()
                .statusCode(200);
        List<String> logins = List.of("kassir", without, disabled, "nobody" + UUID.randomUUID());
        Map<String, List<Long>> nanos = new HashMap<>();
        Set<String> answers = new HashSet<>();
        for (int round = 0; round < 12; round++) {
            Till till = Till.of(ONE);
            for (String login : logins) {
                long began = System.nanoTime();
                Response answer = till.login(login, "wrong-password");
                nanos.computeIfAbsent(login, any -> new ArrayList<>()).add(System.nanoTime() - began);
                answers.add(answer.statusCode() + answer.asString());
            }
        }

        assertThat(answers).hasSize(1);
        List<Long> medians = nanos.values().stream()
                .map(times -> times.stream().sorted().toList().get(times.size() / 2))
                .sorted()
                .toList();
        assertThat(medians.getFirst()).as("%s", medians).isGreaterThan(medians.getLast() / 2);
    }

    @Test
    void theFifthWrongPasswordMakesThatLoginOnThatDeviceWait() throws SQLException {
        Till till = Till.of(ONE);
        IntStream.rangeClosed(1, 5)
                .forEach(one -> till.login("kassir", "wrong-password").then().statusCode(401));

        Response refused = till.login("kassir", PASSWORD);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 5);
        till.login("menejer", PASSWORD).then().statusCode(200);
        Till.of(ONE).login("kassir", PASSWORD).then().statusCode(200);
        letTimePass(till, "6 s");
        till.login("kassir", "wrong-password").then().statusCode(401);
        assertThat(Integer.parseInt(till.login("kassir", PASSWORD).header("Retry-After")))
                .isBetween(6, 10);
        letTimePass(till, "11 s");
        till.login("kassir", PASSWORD).then().statusCode(200);
        till.login("kassir", "wrong-password").then().statusCode(401);
        till.login("kassir", PASSWORD).then().statusCode(200);
    }

    @Test
    void manyWrongPasswordsAtOnceAreCountedToo() {
        Till till = Till.of(ONE);

        long checked = atOnce(
                        12, 24, one -> till.login("kassir", "wrong-password").statusCode())
                .stream()
                .filter(status -> status == 401)
                .count();

        assertThat(checked).isLessThanOrEqualTo(5);
    }

    @Test
    void anOldRefreshTokenGivesTheSameSuccessorForAMinute() throws SQLException {
        Till till = Till.of(ONE);
        String first = till.login("kassir", PASSWORD).path("refreshToken");

        String second = till.refresh(first).then().statusCode(200).extract().path("refreshToken");
        String again = till.refresh(first).then().statusCode(200).extract().path("refreshToken");

        assertThat(second).isNotEqualTo(first);
        assertThat(again).isEqualTo(second);
        till.refresh(second).then().statusCode(200).body("user.login", equalTo("kassir"));
    }

    @Test
    void reuseAfterTheGraceEndsTheFamily() throws SQLException {
        Till till = Till.of(ONE);
        String first = till.login("kassir", PASSWORD).path("refreshToken");
        String second = till.refresh(first).path("refreshToken");
        String third = till.refresh(second).path("refreshToken");
        replacedAgo(first, "61 s");

        till.refresh(first).then().statusCode(401).body("type", equalTo("/problems/session-ended"));

        till.refresh(third).then().statusCode(401);
    }

    @Test
    void anOldTokenOfAnyGenerationGetsTheNewestForAMinute() {
        Till till = Till.of(ONE);
        List<String> tokens =
                new ArrayList<>(List.of(till.login("kassir", PASSWORD).<String>path("refreshToken")));
        for (int i = 0; i < 4; i++) {
            tokens.add(till.refresh(tokens.getLast()).path("refreshToken"));
        }

        for (String old : tokens.subList(0, 4)) {
            assertThat(till.refresh(old).<String>path("refreshToken")).isEqualTo(tokens.getLast());
        }
        till.refresh(tokens.getLast()).then().statusCode(200);
    }

    @Test
    void aTokenStaysGoodUntilItsSuccessorIsUsed() throws SQLException {
        Till till = Till.of(ONE);
        String first = till.login("kassir", PASSWORD).path("refreshToken");
        String lost = till.refresh(first).path("refreshToken");
        sessionAges(first, "1 day");

        String again = till.refresh(first).path("refreshToken");

        assertThat(again).isEqualTo(lost);
        till.refresh(again).then().statusCode(200);
    }

    @Test
    void aRenewalAnswersANewDeviceTokenAndTheOldOneServes() {
        Till till = Till.of(ONE);
        Response login = till.login("kassir", PASSWORD);
        String renewed = till.refresh(login.path("refreshToken")).path("deviceToken");

        assertThat(Set.of(till.token(), login.<String>path("deviceToken"), renewed))
                .hasSize(3)
                .allSatisfy(token -> {
                    JsonPath claims = claims(token);
                    assertThat(claims.getString("aud")).isEqualTo("ksb-pos-device");
                    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(400L * 24 * 3600);
                    RestAssured.given()
                            .header("X-Device-Token", token)
                            .get("/api/enterprises/" + ONE + "/users")
                            .then()
                            .statusCode(200);
                });
    }

    @Test
    void aSessionThatAResetEndedStaysEnded() {
        String admin = Till.of(ONE).accessToken("admin");
        String login = newUser(admin, "first-password");
        Till till = Till.of(ONE);
        String ended = till.login(login, "first-password").path("refreshToken");
        as(admin).body(Map.of("password", "by-an-admin")).patch("/api/users/" + login);
        String access = till.login(login, "by-an-admin").path("accessToken");

        changePassword(access, "by-an-admin", "second-password").then().statusCode(204);

        till.refresh(ended).then().statusCode(401);
    }

    @Test
    void sessionsOfADisabledUserStayEnded() {
        String admin = Till.of(ONE).accessToken("admin");
        String login = newUser(admin, PASSWORD);
        Till till = Till.of(ONE);
        String session = till.login(login, PASSWORD).path("refreshToken");

        for (boolean active : new boolean[] {false, true}) {
            as(admin)
                    .body(Map.of("active", active))
                    .patch("/api/users/" + login)
                    .then()
                    .statusCode(200);
        }

        till.refresh(session).then().statusCode(401);
    }

    @Test
    void sessionsOfABlockedTillStayEnded() {
        String admin = Till.of(ONE).accessToken("admin");
        Till till = Till.of(ONE);
        String session = till.login("kassir", PASSWORD).path("refreshToken");

        for (String status : List.of("BLOCKED", "APPROVED")) {
            as(admin)
                    .body(Map.of("status", status))
                    .patch("/api/devices/" + till.deviceId())
                    .then()
                    .statusCode(200);
        }

        till.refresh(session).then().statusCode(401);
        till.login("kassir", PASSWORD).then().statusCode(200);
    }

    @Test
    void aWrongOldPasswordIsRefusedWhateverTheNewOne() {
        String access = Till.of(ONE).accessToken("kassir");

        changePassword(access, "not-it-at-all", PASSWORD)
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("oldPassword"));
    }

    @Test
    void aRepeatedPasswordChangeAnswersAsTheFirst() {
        String login = newUser(Till.of(ONE).accessToken("admin"), "first-password");
        String access = Till.of(ONE).login(login, "first-password").path("accessToken");
        String key = UUID.randomUUID().toString();

        for (int i = 0; i < 2; i++) {
            as(access)
                    .header("Idempotency-Key", key)
                    .body(Map.of("oldPassword", "first-password", "newPassword", "second-password"))
                    .post("/api/auth/password")
                    .then()
                    .statusCode(204);
        }

        changePassword(access, "first-password", "second-password").then().statusCode(422);
    }

    private static Response changePassword(String access, String old, String now) {
        return as(access).body(Map.of("oldPassword", old, "newPassword", now)).post("/api/auth/password");
    }

    @Test
    void aRefreshTokenUnusedFor90DaysHasEnded() throws SQLException {
        Till till = Till.of(ONE);
        String token = till.login("kassir", PASSWORD).path("refreshToken");
        sessionAges(token, "91 days");

        till.refresh(token).then().statusCode(401);
    }

    @Test
    void manyRenewalsAtOnceWithOneTokenGetOneSuccessor() {
        Till till = Till.of(ONE);
        String token = till.login("kassir", PASSWORD).path("refreshToken");

        assertThat(atOnce(12, 12, one -> till.refresh(token).<String>path("refreshToken")).stream()
                        .distinct())
                .hasSize(1)
                .doesNotContainNull();
    }

    @Test
    void aRefreshTokenServesOnlyTheTillItWasGivenTo() {
        Till till = Till.of(ONE);
        String token = till.login("kassir", PASSWORD).path("refreshToken");

        Till.of(ONE).refresh(token).then().statusCode(401);
        Till.of(OTHER).refresh(token).then().statusCode(401);
        json(Map.of("refreshToken", token)).post("/api/auth/refresh").then().statusCode(401);
        till.refresh("garbage").then().statusCode(401);
        till.refresh(UUID.randomUUID() + ".x").then().statusCode(401);
    }

    @Test
    void aSessionThatWasLoggedOutCannotBeRenewed() {
        Till till = Till.of(ONE);
        String token = till.login("kassir", PASSWORD).path("refreshToken");

        json(Map.of("refreshToken", token)).post("/api/auth/logout").then().statusCode(204);
        json(Map.of("refreshToken", token)).post("/api/auth/logout").then().statusCode(204);

        till.refresh(token).then().statusCode(401);
    }

    @Test
    void changingTheOwnPasswordEndsLoginsElsewhereOnly() {
        String login = newUser(Till.of(ONE).accessToken("admin"), "first-password");
        Till here = Till.of(ONE);
        Till there = Till.of(ONE);
        Response loggedIn = here.login(login, "first-password");
        String elsewhere = there.login(login, "first-password").path("refreshToken");

        as(loggedIn.path("accessToken"))
                .body(Map.of("oldPassword", "not-it-at-all", "newPassword", "second-password"))
                .post("/api/auth/password")
                .then()
                .statusCode(422)
                .body("violations[0].field", equalTo("oldPassword"));
        as(loggedIn.path("accessToken"))
                .body(Map.of("oldPassword", "first-password", "newPassword", "second-password"))
                .post("/api/auth/password")
                .then()
                .statusCode(204);

        here.refresh(loggedIn.path("refreshToken")).then().statusCode(200);
        there.refresh(elsewhere).then().statusCode(401);
        there.login(login, "first-password").then().statusCode(401);
        there.login(login, "second-password").then().statusCode(200);
    }

    @Test
    void usersAreListedToAnAdmittedTillOfTheEnterpriseOnly() {
        Till till = Till.of(ONE);

        RestAssured.given()
                .header("X-Device-Token", till.token())
                .get("/api/enterprises/" + ONE + "/users")
                .then()
                .statusCode(200)
                .body("login", hasItems("admin", "menejer", "kassir"));
        RestAssured.given()
                .header("X-Device-Token", till.token())
                .get("/api/enterprises/" + OTHER + "/users")
                .then()
                .statusCode(401);
        RestAssured.get("/api/enterprises/" + ONE + "/users").then().statusCode(401);
    }

    @Test
    void aTillIsOfferedAtMostAThousandUsers() throws SQLException {
        String ksbId = Till.newEnterprise();
        Till till = Till.of(ksbId);
        assertThat(till.accessToken("admin")).isNotNull();
        try (Connection connection = TestInfrastructure.database()) {
            connection.createStatement().executeUpdate("""
                    insert into users (id, user_id, ksb_id, login, login_key, display_name, role)
                    select gen_random_uuid(), gen_random_uuid(), '%s', 'u' || i, 'u' || i, 'U', 'CASHIER'
                    from generate_series(1, 1100) i""".formatted(ksbId));
        }

        RestAssured.given()
                .header("X-Device-Token", till.token())
                .get("/api/enterprises/" + ksbId + "/users")
                .then()
                .statusCode(200)
                .body("size()", equalTo(1000));
    }

    @Test
    void badInputNamesItsFieldAndTellsNoSecret() {
        Till till = Till.of(ONE);
        json(Map.of(
                        "ksbId",
                        "1000000",
                        "deviceId",
                        till.deviceId().toString(),
                        "login",
                        "kassir",
                        "password",
                        "the-secret"))
                .post("/api/auth/login")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("ksbId"));
        json("{\"ksbId\":\"10000001\",\"deviceId\":\"x\",\"login\":\"kassir\",\"password\":\"the-secret\"}")
                .post("/api/auth/login")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("deviceId"));
        json("{\"ksbId\":\"10000001\",\"surprise\":1}")
                .post("/api/auth/login")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("surprise"));
        json("{\"ksbId\":").post("/api/auth/login").then().statusCode(400).body("type", containsString("invalid"));
        json("").post("/api/auth/login").then().statusCode(400);
    }

    /** @param password null: none */
    private static String newUser(String admin, String password) {
        String login = "u" + UUID.randomUUID();
        Map<String, Object> user = new HashMap<>(Map.of("login", login, "displayName", "U", "role", "CASHIER"));
        if (password != null) {
            user.put("password", password);
        }
        as(admin).body(user).post("/api/users").then().statusCode(201);
        return login;
    }

    private static JsonPath claims(String token) {
        return new JsonPath(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private static void letTimePass(Till till, String time) throws SQLException {
        sql("update login_attempts set blocked_until = blocked_until - interval '" + time + "' where scope like '%"
                + till.deviceId() + "'");
    }

    private static void sessionAges(String refreshToken, String age) throws SQLException {
        sql("update sessions set used_at = used_at - interval '" + age + "' where id = '"
                + refreshToken.substring(0, 36) + "'");
    }

    private static void replacedAgo(String refreshToken, String age) throws SQLException {
        sql("""
                update sessions set earlier = (select jsonb_agg(case when value ->> 'replacedAt' is null then value
                    else value || jsonb_build_object('replacedAt',
                        to_char(clock_timestamp() at time zone 'UTC' - interval '%s', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')) end)
                    from jsonb_array_elements(earlier)) where id = '%s'""".formatted(age, refreshToken.substring(0, 36)));
    }

    private static void sql(String statement) throws SQLException {
        try (Connection connection = TestInfrastructure.database()) {
            assertThat(connection.createStatement().executeUpdate(statement)).isEqualTo(1);
        }
    }
}
