package uz.ksb.pos.settings.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.settings.Till;

@QuarkusTest
class UsersTest {
    private final String login = "u" + UUID.randomUUID();
    private String admin;

    @BeforeEach
    void logIn() {
        admin = Till.of(ONE).accessToken("admin");
    }

    @Test
    void aUserWithoutPasswordLogsInOnlyAfterAnAdminSetOne() {
        Till till = Till.of(ONE);
        add(user()).then().statusCode(201).body("hasPassword", equalTo(false)).body("role", equalTo("CASHIER"));
        till.login(login, "first-password").then().statusCode(401);

        change(Map.of("password", "first-password")).then().statusCode(200);

        till.login(login, "first-password").then().statusCode(200);
    }

    @Test
    void aDuplicateLoginIsRefusedInAnyCaseARepeatedRequestIsNot() {
        Map<String, Object> user = user();
        user.put("id", UUID.randomUUID().toString());
        add(user).then().statusCode(201);

        add(user).then().statusCode(201);
        user.remove("id");
        user.put("login", login.toUpperCase(java.util.Locale.ROOT));
        add(user)
                .then()
                .statusCode(409)
                .body("detail", containsString("login"))
                .body("violations[0].field", equalTo("login"));
    }

    @Test
    void ofManyWhoAddTheSameLoginAtOnceOneSucceeds() {
        List<Integer> answers = atOnce(8, 8, one -> add(user()).statusCode());

        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(7);
    }

    @Test
    void aDisabledUserIsToldOfAndCanNeitherLogInNorRenew() {
        Till till = Till.of(ONE);
        Map<String, Object> user = user();
        user.put("password", PASSWORD);
        String id = add(user).path("id");
        String refreshToken = till.login(login, PASSWORD).path("refreshToken");

        change(Map.of("active", false)).then().statusCode(200).body("active", equalTo(false));

        till.refresh(refreshToken).then().statusCode(401);
        till.login(login, PASSWORD).then().statusCode(403).body("type", equalTo("/problems/user-disabled"));
        till.login(login, "wrong-password").then().statusCode(401);
        eventually(() -> assertThat(TopicReader.all(
                        Topics.SETTINGS,
                        published -> published.event().type().equals("user.disabled")
                                && published.event().subject().equals(id)))
                .hasSize(1));
    }

    @Test
    void anAdminWhoSetsSomebodysPasswordEndsTheirLogins() {
        Map<String, Object> user = user();
        user.put("password", PASSWORD);
        add(user).then().statusCode(201);
        List<Till> tills = List.of(Till.of(ONE), Till.of(ONE));
        List<String> sessions = tills.stream()
                .map(till -> till.login(login, PASSWORD).<String>path("refreshToken"))
                .toList();

        change(Map.of("password", "set-by-an-admin")).then().statusCode(200);

        for (int i = 0; i < 2; i++) {
            tills.get(i)
                    .refresh(sessions.get(i))
                    .then()
                    .statusCode(401)
                    .body("type", equalTo("/problems/session-ended"));
        }
        tills.getFirst().login(login, PASSWORD).then().statusCode(401);
        tills.getFirst().login(login, "set-by-an-admin").then().statusCode(200);
    }

    @Test
    void theLastAdminStays() {
        String other = Till.of(OTHER).accessToken("admin");
        for (Map<String, Object> end :
                List.<Map<String, Object>>of(Map.of("role", "CASHIER"), Map.of("active", false))) {
            as(other)
                    .body(end)
                    .patch("/api/users/admin")
                    .then()
                    .statusCode(422)
                    .body("type", equalTo("/problems/last-admin"));
        }
        Till.of(OTHER).login("admin", PASSWORD).then().statusCode(200).body("user.role", equalTo("ADMIN"));
    }

    @Test
    void usersAreForAnAdminOfTheEnterpriseOnly() {
        add(user());
        String stranger = Till.of(OTHER).accessToken("admin");

        as(admin).get("/api/users?limit=1000").then().statusCode(200).body("items.login", hasItem(login));
        as(stranger).get("/api/users?limit=1000").then().body("items.login", not(hasItem(login)));
        as(stranger).get("/api/users/" + login).then().statusCode(404);
        as(stranger)
                .body(Map.of("active", false))
                .patch("/api/users/" + login)
                .then()
                .statusCode(404);
        String manager = Till.of(ONE).accessToken("menejer");
        as(manager).get("/api/users").then().statusCode(403).contentType("application/problem+json");
        as(manager).body(user()).post("/api/users").then().statusCode(403);
    }

    @Test
    void badInputNamesItsField() {
        refused("role", "BACK_OFFICE", "role");
        refused("role", "BOSS", "role");
        refused("role", 2, "role");
        refused("password", "short", "password");
        refused("login", " ", "login");
        refused("colour", "red", "colour");
        add(user());
        change(Map.of("displayName", " ")).then().statusCode(400).body("violations[0].field", equalTo("displayName"));
        change(Map.of("login", "another")).then().statusCode(400).body("violations[0].field", equalTo("login"));
        as(admin).get("/api/users?limit=0").then().statusCode(400).body("violations[0].field", equalTo("limit"));
    }

    @Test
    void anIdOfAnotherEnterpriseTellsNothing() {
        Map<String, Object> user = user();
        user.put("id", UUID.randomUUID().toString());
        add(user).then().statusCode(201);

        as(Till.of(OTHER).accessToken("admin"))
                .body(user)
                .post("/api/users")
                .then()
                .statusCode(201)
                .body("id", equalTo(user.get("id")));
    }

    @Test
    void anIdOfAnotherUserHereIsRefused() {
        Map<String, Object> user = user();
        user.put("id", UUID.randomUUID().toString());
        add(user).then().statusCode(201);
        user.put("login", login + "2");

        add(user).then().statusCode(409).body("violations[0].field", equalTo("id"));
    }

    @Test
    void namesWithoutAVisibleCharacterAreRefused() {
        for (String blank : List.of("\u200b", "\u00a0", "\u3164", "\ufeff", "\t\u00ad ")) {
            refused("displayName", blank, "displayName");
            refused("login", blank, "login");
        }
        refused("displayName", "A\u0007", "displayName");
    }

    @Test
    void loginsThatLookTheSameAreOne() {
        add(user()).then().statusCode(201);
        Map<String, Object> same = user();
        same.put("login", "\u200b" + login.replace('u', '\uff35'));

        add(same).then().statusCode(409).body("violations[0].field", equalTo("login"));
    }

    private void refused(String key, Object value, String field) {
        Map<String, Object> user = user();
        user.put(key, value);
        add(user).then().statusCode(400).body("violations[0].field", equalTo(field));
    }

    private Map<String, Object> user() {
        return new HashMap<>(Map.of("login", login, "displayName", "Kimdir", "role", "CASHIER"));
    }

    private Response add(Map<String, Object> user) {
        return as(admin).body(user).post("/api/users");
    }

    private Response change(Map<String, Object> change) {
        return as(admin).body(change).patch("/api/users/" + login);
    }

    @Test
    void aKeyedRequestIsDoneOnceAndAnotherUnderItsKeyIsRefused() {
        String key = UUID.randomUUID().toString();
        Function<String, Response> add = name -> as(admin)
                .header("Idempotency-Key", key)
                .body(Map.of("login", login, "displayName", name, "role", "CASHIER", "password", "secret-password"))
                .post("/api/users");

        List<String> answers = atOnce(
                8,
                8,
                number -> add.apply("Nodira").then().statusCode(201).extract().asString());

        assertThat(answers.stream().distinct()).hasSize(1);
        add.apply("Another")
                .then()
                .statusCode(422)
                .body("type", equalTo("/problems/idempotency-key-reused"))
                .body("violations[0].field", equalTo("Idempotency-Key"));
        as(admin).get("/api/users/" + login).then().body("displayName", equalTo("Nodira"));
        as(admin)
                .header("Idempotency-Key", "with blank")
                .body(Map.of("login", login + "2", "displayName", "N", "role", "CASHIER"))
                .post("/api/users")
                .then()
                .statusCode(400);
        as(admin).get("/api/users/" + login + "2").then().statusCode(404);
    }
}
