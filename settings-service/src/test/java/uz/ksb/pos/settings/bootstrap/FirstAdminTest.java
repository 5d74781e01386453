package uz.ksb.pos.settings.bootstrap;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.settings.Till;
import uz.ksb.pos.settings.password.Passwords;

/** Configuration of a new database: somebody who can let the others in. */
@QuarkusTest
class FirstAdminTest {
    private static final String FIRST = "a-first-password";

    private final String ksbId = Integer.toString(ThreadLocalRandom.current().nextInt(20_000_000, 90_000_000));

    @Inject
    Seeding seeding;

    @Inject
    Passwords passwords;

    private record Configured(Optional<String> ksbId, String enterprise, String login, Optional<String> password)
            implements FirstAdminConfig {}

    @Test
    void theFirstAdminLogsInAdmitsTheTillAndAddsTheOthers() {
        start(FIRST);
        RestAssured.get("/api/enterprises/" + ksbId).then().statusCode(200).body("name", equalTo("Yangi do'kon"));
        Till till = Till.of(ksbId);

        String admin = till.login("Boss", FIRST)
                .then()
                .statusCode(200)
                .body("user.role", equalTo("ADMIN"))
                .extract()
                .path("accessToken");

        as(admin)
                .body(Map.of("login", "kassir", "displayName", "K", "role", "CASHIER", "password", "her-password"))
                .post("/api/users")
                .then()
                .statusCode(201);
        till.login("kassir", "her-password").then().statusCode(200);
    }

    @Test
    void aLaterStartChangesNothingWhateverItsPassword() {
        start(FIRST);
        start("another-password");
        startWithout();

        Till till = Till.of(ksbId);
        till.login("boss", "another-password").then().statusCode(401);
        till.login("boss", FIRST).then().statusCode(200);
    }

    @Test
    void whoHasThatLoginAndIsNoAdminBecomesOne() {
        seeding.run("insert into enterprises (ksb_id, name) values ($1, 'N')", ksbId);
        seeding.run("""
                insert into users (id, user_id, ksb_id, login, login_key, display_name, role)
                values (gen_random_uuid(), gen_random_uuid(), $1, 'Boss', 'boss', 'Of the back office', 'CASHIER')""", ksbId);

        start(FIRST);

        Till.of(ksbId).login("boss", FIRST).then().statusCode(200).body("user.role", equalTo("ADMIN"));
    }

    @Test
    void replicasThatStartAtOnceMakeOneAdmin() {
        atOnce(2, 2, number -> {
            start(FIRST);
            return number;
        });

        String admin = Till.of(ksbId).login("boss", FIRST).path("accessToken");
        as(admin).get("/api/users").then().body("items.login", equalTo(java.util.List.of("boss")));
    }

    @Test
    void aShortOrMissingPasswordStopsTheStart() {
        assertThatThrownBy(() -> start("short"))
                .hasMessageContaining("pos.first-admin.password")
                .hasMessageNotContaining("short");
        assertThatThrownBy(this::startWithout).hasMessageContaining("pos.first-admin.password");
    }

    private void start(String password) {
        start(Optional.of(password));
    }

    private void startWithout() {
        start(Optional.empty());
    }

    private void start(Optional<String> password) {
        new FirstAdmin(new Configured(Optional.of(ksbId), "Yangi do'kon", "boss", password), seeding, passwords)
                .addMissing();
    }
}
