package uz.ksb.pos.settings.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.as;
import static uz.ksb.pos.settings.Till.json;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.settings.Till;

@QuarkusTest
class DevicesTest {
    @Test
    void aDeviceIsRegisteredOnceAndItsTokenShownOnce() {
        Till till = Till.of(ONE);

        assertThat(till.status()).isEqualTo("APPROVED");
        Till.register(ONE, till.deviceId())
                .then()
                .statusCode(409)
                .body("type", equalTo("/problems/device-registered"))
                .body("violations[0].field", equalTo("deviceId"));
        json(Map.of("ksbId", ONE, "deviceId", till.deviceId().toString(), "name", "Kassa"))
                .header("X-Device-Token", till.token())
                .post("/api/devices")
                .then()
                .statusCode(201)
                .body("code", equalTo(till.code()));
    }

    @Test
    void tillsThatComeAtOnceGetCodesOfTheirOwn() {
        List<String> codes = atOnce(8, 16, one -> Till.of(ONE).code());

        assertThat(codes).doesNotHaveDuplicates();
    }

    @Test
    void theFirstDeviceIsApprovedByAnAdminsLoginAndTheOthersByHand() throws SQLException {
        String ksbId = Till.newEnterprise();
        Till first = Till.of(ksbId);
        assertThat(first.status()).isEqualTo("PENDING");
        RestAssured.given()
                .header("X-Device-Token", first.token())
                .get("/api/enterprises/" + ksbId + "/users")
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/device-pending"));
        first.login("kassir", PASSWORD).then().statusCode(403).body("type", equalTo("/problems/device-pending"));

        String admin = first.accessToken("admin");

        first.login("kassir", PASSWORD).then().statusCode(200);
        Till second = Till.of(ksbId);
        second.login("admin", PASSWORD).then().statusCode(403);
        as(admin)
                .body(Map.of("status", "APPROVED", "name", "Ikkinchi"))
                .patch("/api/devices/" + second.deviceId())
                .then()
                .statusCode(200)
                .body("name", equalTo("Ikkinchi"));
        second.login("kassir", PASSWORD).then().statusCode(200);
    }

    @Test
    void atMostTwentyDevicesWait() throws SQLException {
        String ksbId = Till.newEnterprise();

        List<Integer> answers =
                atOnce(8, 24, one -> registerFrom("10.1.0." + one, ksbId).statusCode());

        assertThat(answers).filteredOn(status -> status == 201).hasSize(20);
        assertThat(answers).filteredOn(status -> status == 422).hasSize(4);
    }

    @Test
    void atMostFiveDevicesOfAnAddressWait() throws SQLException {
        String ksbId = Till.newEnterprise();
        for (int i = 0; i < 5; i++) {
            registerFrom("10.2.0.1", ksbId).then().statusCode(201);
        }

        registerFrom("10.2.0.1", Till.newEnterprise())
                .then()
                .statusCode(429)
                .header("Retry-After", notNullValue())
                .body("type", equalTo("/problems/too-many-pending-devices"));

        registerFrom("10.2.0.2", ksbId).then().statusCode(201);
    }

    @Test
    void devicesThatNobodyApprovedEndAfterADay() throws SQLException {
        String ksbId = Till.newEnterprise();
        Response waiting = registerFrom("10.3.0.1", ksbId);
        for (int i = 0; i < 4; i++) {
            registerFrom("10.3.0.1", ksbId).then().statusCode(201);
        }
        execute("update devices set created_at = created_at - interval '24 hours 1 second' where address = '10.3.0.1'");

        registerFrom("10.3.0.1", ksbId).then().statusCode(201);

        RestAssured.given()
                .header("X-Device-Token", waiting.<String>path("deviceToken"))
                .get("/api/enterprises/" + ksbId + "/users")
                .then()
                .statusCode(401);
    }

    @Test
    void everyChangeOfADeviceIsTold() {
        Till till = Till.of(ONE);
        String admin = Till.of(ONE).accessToken("admin");
        for (Map<String, String> change :
                List.of(Map.of("name", "Yangi nom"), Map.of("status", "BLOCKED"), Map.of("status", "APPROVED"))) {
            as(admin).body(change).patch("/api/devices/" + till.deviceId());
        }

        eventually(() -> assertThat(TopicReader.all(
                                Topics.SETTINGS,
                                published -> published.event().type().equals("device.changed")
                                        && published
                                                .event()
                                                .subject()
                                                .equals(till.deviceId().toString()))
                        .stream()
                        .map(published -> new JsonPath(published.data()).getString("status")))
                .containsExactly("APPROVED", "APPROVED", "BLOCKED", "APPROVED"));
    }

    @Test
    void aBlockEndsTheSessionsOfATillEverywhere() {
        Till till = Till.of(ONE);
        String session = till.accessToken("kassir");
        String admin = Till.of(ONE).accessToken("admin");
        as(session).get("/api/enterprise").then().statusCode(200);

        as(admin).body(Map.of("status", "BLOCKED")).patch("/api/devices/" + till.deviceId());

        eventually(() -> as(session)
                .get("/api/enterprise")
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/device-blocked")));
        as(admin).get("/api/enterprise").then().statusCode(200);
    }

    private static Response registerFrom(String address, String ksbId) {
        return json(Map.of("ksbId", ksbId, "deviceId", UUID.randomUUID().toString(), "name", "Kassa"))
                .header("X-Forwarded-For", address)
                .post("/api/devices");
    }

    @Test
    void aBlockedDeviceIsToldOfAndCannotRenewOrLogIn() {
        Till till = Till.of(ONE);
        String refreshToken = till.login("kassir", PASSWORD).path("refreshToken");
        String admin = Till.of(ONE).accessToken("admin");

        as(admin)
                .body(Map.of("status", "BLOCKED"))
                .patch("/api/devices/" + till.deviceId())
                .then()
                .statusCode(200);
        as(admin)
                .body(Map.of("status", "BLOCKED"))
                .patch("/api/devices/" + till.deviceId())
                .then()
                .statusCode(200);

        till.refresh(refreshToken).then().statusCode(403).body("type", equalTo("/problems/device-blocked"));
        till.login("kassir", PASSWORD).then().statusCode(403);
        eventually(() -> assertThat(TopicReader.all(
                        Topics.SETTINGS,
                        published -> published.event().type().equals("device.blocked")
                                && published
                                        .event()
                                        .subject()
                                        .equals(till.deviceId().toString())))
                .hasSize(1));
    }

    @Test
    void devicesAreListedInPagesToAnAdminOfTheEnterpriseOnly() {
        Till till = Till.of(OTHER);
        String admin = Till.of(OTHER).accessToken("admin");

        as(admin)
                .get("/api/devices?limit=1000")
                .then()
                .statusCode(200)
                .body("items.deviceId", hasItem(till.deviceId().toString()));
        String next = as(admin).get("/api/devices?limit=1").path("next");
        as(admin).get("/api/devices?limit=1&after=" + next).then().body("items[0].code", not(equalTo(next)));
        as(Till.of(ONE).accessToken("admin"))
                .get("/api/devices?limit=1000")
                .then()
                .body("items.deviceId", not(hasItem(till.deviceId().toString())));
        as(till.accessToken("kassir")).get("/api/devices").then().statusCode(403);
        RestAssured.get("/api/devices").then().statusCode(401);
    }

    @Test
    void anotherEnterprisesDeviceIsNotFound() {
        Till till = Till.of(ONE);

        as(Till.of(OTHER).accessToken("admin"))
                .body(Map.of("status", "BLOCKED"))
                .patch("/api/devices/" + till.deviceId())
                .then()
                .statusCode(404);
    }

    @Test
    void badInputNamesItsField() {
        json(Map.of("ksbId", "abcdefgh", "deviceId", UUID.randomUUID().toString(), "name", "K"))
                .post("/api/devices")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("ksbId"));
        json(Map.of("ksbId", "99999999", "deviceId", UUID.randomUUID().toString(), "name", "K"))
                .post("/api/devices")
                .then()
                .statusCode(404);
    }
}
