package uz.ksb.pos.settings.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.SimulatedBackOffice;
import uz.ksb.pos.settings.Till;

@QuarkusTest
@QuarkusTestResource(SettingsBackOffice.class)
class BackOfficeLoginTest {
    private static final String SECRET = "of-the-erp";
    private static final Map<String, Object> DOWN = Map.of("errorRate", 1);

    private final SimulatedBackOffice office = new SimulatedBackOffice(OTHER);

    private final String login = "n" + UUID.randomUUID();
    private Till till;

    @BeforeEach
    void aTillAndAUserOfTheBackOffice() {
        till = Till.of(OTHER);
        office.user(Map.of("login", login, "name", "Nodira", "type", "manager", "password", SECRET));
    }

    @BeforeEach
    @AfterEach
    void reset() {
        SimulatedBackOffice.worksAgain();
    }

    @Test
    void aUserOfTheBackOfficeIsCheckedThereOnce() {
        till.login(login, SECRET)
                .then()
                .statusCode(200)
                .body("user.role", equalTo("MANAGER"))
                .body("user.displayName", equalTo("Nodira"));
        int asked = office.requests("").size();
        office.misbehave(DOWN);

        till.login(login, SECRET).then().statusCode(200);

        assertThat(office.requests("")).hasSize(asked);
    }

    @Test
    void aUserWithoutPasswordGetsTheOneThatIsRightThere() {
        as(Till.of(OTHER).accessToken("admin"))
                .body(Map.of("login", login, "displayName", "Here", "role", "CASHIER"))
                .post("/api/users")
                .then()
                .statusCode(201);

        till.login(login, SECRET)
                .then()
                .statusCode(200)
                .body("user.role", equalTo("CASHIER"))
                .body("user.displayName", equalTo("Here"));
    }

    @Test
    void everyRefusalIsTheSame() {
        Response wrong = till.login(login, "guess");
        Response unknown = Till.of(OTHER).login("nobody" + UUID.randomUUID(), "guess");
        Response wrongHere = Till.of(OTHER).login("menejer", "guess");
        office.misbehave(DOWN);
        Response away = Till.of(OTHER).login(login, SECRET);
        SimulatedBackOffice.worksAgain();
        office.answer("ping", "{}");
        Response open = Till.of(OTHER).login(login, "anything");

        assertThat(List.of(wrong, unknown, wrongHere, away, open)).allSatisfy(refused -> {
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.asString()).isEqualTo(wrong.asString());
        });
    }

    @Test
    void aPasswordThatIsHereIsNeverReplacedByTheOneThere() {
        office.user(Map.of("login", "menejer", "password", SECRET));

        till.login("menejer", SECRET).then().statusCode(401);
        till.login("menejer", PASSWORD).then().statusCode(200);
    }

    @Test
    void firstLoginsAtOnceMakeOneUser() {
        List<String> ids = atOnce(4, 4, number -> Till.of(OTHER)
                .login(login, SECRET)
                .then()
                .statusCode(200)
                .extract()
                .path("user.id"));

        assertThat(ids.stream().distinct()).hasSize(1);
    }

    @Test
    void aChangedPasswordIsToldAndNothingIsDoneWhenItCannotBe() {
        String token =
                till.login(login, SECRET).then().statusCode(200).extract().path("accessToken");
        office.misbehave(DOWN);
        change(token).then().statusCode(503).contentType("application/problem+json");
        till.login(login, SECRET).then().statusCode(200);
        SimulatedBackOffice.worksAgain();

        change(token).then().statusCode(204);

        assertThat(office.requests("update_password")).last().satisfies(told -> assertThat(told.body())
                .contains("\"user_name\":\"" + login, "\"old\":\"" + SECRET, "\"new\":\"brand-new\""));
        till.login(login, "brand-new").then().statusCode(200);
    }

    private static Response change(String token) {
        return as(token)
                .body(Map.of("oldPassword", SECRET, "newPassword", "brand-new"))
                .post("/api/auth/password");
    }
}
