package uz.ksb.pos.settings.client;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.settings.Till;

@QuarkusTest
class ClientsTest {
    @Test
    void theSampleBackOfficeGetsATokenByFormAndByHttpBasic() {
        String token = byForm(ONE + "-backoffice", PASSWORD)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(900))
                .extract()
                .path("access_token");
        as(token).get("/api/enterprise").then().statusCode(200).body("ksbId", equalTo(ONE));
        as(token).get("/api/users").then().statusCode(403);

        given().auth()
                .preemptive()
                .basic(OTHER + "-backoffice", PASSWORD)
                .formParam("grant_type", "client_credentials")
                .post("/api/auth/token")
                .then()
                .statusCode(200)
                .body("token_type", equalTo("Bearer"));
    }

    /** It may ask whose token it has (above), and brings what other services take. */
    @Test
    void aClientMayDoNothingThatAPersonDoes() {
        String token = byForm(ONE + "-backoffice", PASSWORD).path("access_token");
        String till = "/api/devices/" + Till.of(ONE).deviceId();
        Map.of(
                        Method.GET,
                        List.of(
                                "/api/users",
                                "/api/users/kassir",
                                "/api/users/me/settings",
                                "/api/users/kassir/settings",
                                "/api/devices",
                                till + "/settings",
                                "/api/clients"),
                        Method.POST,
                        List.of("/api/users", "/api/clients", "/api/auth/password"),
                        Method.PUT,
                        List.of("/api/users/me/settings", "/api/users/kassir/settings", till + "/settings"),
                        Method.PATCH,
                        List.of("/api/enterprise", "/api/users/kassir", till),
                        Method.DELETE,
                        List.of("/api/clients/x"))
                .forEach((method, paths) -> paths.forEach(path -> as(token)
                        .body("{}")
                        .request(method, path)
                        .then()
                        .statusCode(403)
                        .contentType("application/problem+json")));
    }

    @Test
    void aServiceReadsWhatItHasToKnowOfOneEnterprise() {
        String token = service("service:sales-service", "test-service-secret", ONE)
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .path("access_token");
        String till = Till.of(ONE).deviceId().toString();

        as(token).get("/api/enterprise").then().statusCode(200).body("ksbId", equalTo(ONE));
        as(token).get("/api/devices?limit=1000").then().statusCode(200).body("items.deviceId", hasItem(till));
        as(token).get("/api/users").then().statusCode(403);
        as(token).body("{}").patch("/api/devices/" + till).then().statusCode(403);
        as(token).body("{}").patch("/api/enterprise").then().statusCode(403);
    }

    @Test
    void aServiceNeedsTheSecretAndAnEnterprise() {
        service("service:sales-service", "wrong", ONE).then().statusCode(401).body("error", equalTo("invalid_client"));
        service("service:sales-service", "test-service-secret", "99999999")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
        service("service:sales-service", "test-service-secret", "1").then().statusCode(400);
        byForm("service:sales-service", "test-service-secret").then().statusCode(400);
        service(ONE + "-backoffice", PASSWORD, OTHER).then().statusCode(200);
        as(service(ONE + "-backoffice", PASSWORD, OTHER).path("access_token"))
                .get("/api/enterprise")
                .then()
                .body("ksbId", equalTo(ONE));
    }

    private static Response service(String clientId, String secret, String ksbId) {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", clientId)
                .formParam("client_secret", secret)
                .formParam("ksb_id", ksbId)
                .post("/api/auth/token");
    }

    @Test
    void refusalsSpeakTheLanguageOfTheStandard() {
        byForm(ONE + "-backoffice", "wrong").then().statusCode(401).body("error", equalTo("invalid_client"));
        byForm("a\0", "wrong").then().statusCode(401).body("error", equalTo("invalid_client"));
        byForm("nobody", "wrong").then().statusCode(401).body("error", equalTo("invalid_client"));
        given().formParam("grant_type", "password")
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("unsupported_grant_type"));
        given().formParam("grant_type", "client_credentials")
                .post("/api/auth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void anAdminAddsAClientSeesItsSecretOnceAndRemovesIt() {
        String name = "c" + UUID.randomUUID().toString().substring(0, 8);
        String admin = Till.of(ONE).accessToken("admin");

        Response added = as(admin).body(Map.of("name", name)).post("/api/clients");
        added.then().statusCode(201);
        String clientId = added.path("clientId");
        byForm(clientId, added.path("clientSecret")).then().statusCode(200);
        as(admin)
                .body(Map.of("name", name))
                .post("/api/clients")
                .then()
                .statusCode(409)
                .body("violations[0].field", equalTo("name"));
        as(admin)
                .get("/api/clients?limit=1000")
                .then()
                .body("items.clientId", hasItem(clientId))
                .body("items[0].clientSecret", equalTo(null));

        String stranger = Till.of(OTHER).accessToken("admin");
        as(stranger).get("/api/clients").then().body("items.clientId", not(hasItem(clientId)));
        as(stranger).delete("/api/clients/" + clientId).then().statusCode(204);
        byForm(clientId, added.path("clientSecret")).then().statusCode(200);
        as(Till.of(ONE).accessToken("menejer"))
                .delete("/api/clients/" + clientId)
                .then()
                .statusCode(403);

        as(admin).delete("/api/clients/" + clientId).then().statusCode(204);
        byForm(clientId, added.path("clientSecret")).then().statusCode(401);
    }

    @Test
    void ofManyWhoAddTheSameClientAtOnceOneSucceeds() {
        String admin = Till.of(ONE).accessToken("admin");
        String name = "c" + UUID.randomUUID().toString().substring(0, 8);

        List<Integer> answers = atOnce(
                8,
                8,
                one -> as(admin).body(Map.of("name", name)).post("/api/clients").statusCode());

        assertThat(answers).filteredOn(status -> status == 201).hasSize(1);
        assertThat(answers).filteredOn(status -> status == 409).hasSize(7);
    }

    @Test
    void badInputNamesItsField() {
        as(Till.of(ONE).accessToken("admin"))
                .body(Map.of("name", "No Spaces"))
                .post("/api/clients")
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("name"));
    }

    private static Response byForm(String clientId, String secret) {
        return given().formParam("grant_type", "client_credentials")
                .formParam("client_id", clientId)
                .formParam("client_secret", secret)
                .post("/api/auth/token");
    }

    @Test
    void aLostAnswerShowsTheSecretAgainToWhoeverHasTheKey() {
        String admin = Till.of(ONE).accessToken("admin");
        String name = "erp-" + UUID.randomUUID().toString().substring(0, 8);
        String key = UUID.randomUUID().toString();
        Supplier<String> add = () -> as(admin)
                .header("Idempotency-Key", key)
                .body(Map.of("name", name))
                .post("/api/clients")
                .then()
                .statusCode(201)
                .extract()
                .path("clientSecret");

        assertThat(add.get()).isNotBlank().isEqualTo(add.get());
        as(admin).body(Map.of("name", name)).post("/api/clients").then().statusCode(409);
    }
}
