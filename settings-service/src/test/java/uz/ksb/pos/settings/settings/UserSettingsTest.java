package uz.ksb.pos.settings.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.platform.testing.TopicReader.Published;
import uz.ksb.pos.settings.RowWrites;
import uz.ksb.pos.settings.Till;

@QuarkusTest
class UserSettingsTest {
    private static final String SETTINGS = """
            {"language":"ru","theme":"dark","currency":"UZS","warehouses":[{"id":"asosiy","main":true}],
            "priceTypes":[],"cashDesks":[{"kind":"CASH","id":"naqd"}],"maxDiscountPercent":"7.5",
            "mayChangePrice":false,"maySeePurchasePrice":false,"maySeeTotals":true}""";
    private static final String SAME_OTHERWISE_WRITTEN = """
            {"maySeeTotals":true,"maxDiscountPercent":"7.500","maySeePurchasePrice":false,"mayChangePrice":false,
            "cashDesks":[{"id":"naqd","kind":"CASH"}],"warehouses":[{"main":true,"id":"asosiy"}],
            "currency":"UZS","theme":"dark","language":"ru"}""";

    private String admin;
    private String login;
    private String userId;

    @BeforeEach
    void aUser() {
        admin = Till.of(ONE).accessToken("admin");
        login = "u" + UUID.randomUUID();
        userId = as(admin)
                .body(Map.of("login", login, "displayName", "U", "role", "CASHIER", "password", PASSWORD))
                .post("/api/users")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    void tenThousandEqualPutsWriteNothingAndTellNobody() {
        RowWrites writes = RowWrites.of("user_settings");
        String url = RestAssured.baseURI + ":" + RestAssured.port + "/api/users/" + login + "/settings";
        try (HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            List<String> answers = atOnce(8, 10_000, number -> {
                HttpResponse<Void> answer = send(http, url, number % 2 == 0 ? SETTINGS : SAME_OTHERWISE_WRITTEN);
                return answer.statusCode()
                        + answer.headers().firstValue("X-Changed").orElse("?")
                        + answer.headers().firstValue("ETag").orElse("?");
            });
            assertThat(answers).containsOnly("200true\"1\"", "200false\"1\"");
            assertThat(answers).filteredOn("200true\"1\""::equals).hasSize(1);
        }

        assertThat(writes.count()).isEqualTo(1);
        eventually(() -> assertThat(RowWrites.withoutVersion("user_settings")).isZero());
        put(SETTINGS.replace("7.5", "8")).then().header("X-Changed", "true").header("ETag", "\"2\"");
        assertThat(writes.count()).isEqualTo(2);
        eventually(() -> assertThat(events()).hasSize(2));
        assertThat(events().getLast().data()).contains("\"maxDiscountPercent\":\"8\"", "\"login\":\"" + login + "\"");
    }

    private HttpResponse<Void> send(HttpClient http, String url, String body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(url))
                            .header("Authorization", "Bearer " + admin)
                            .header("Content-Type", "application/json")
                            .PUT(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void onlyTheOrderOfAListMakesADifferenceNotTheFormOfNumbers() {
        String two = SETTINGS.replace("\"main\":true}", "\"main\":true},{\"id\":\"ombor-2\",\"main\":false}");
        put(two).then().statusCode(200).header("ETag", "\"1\"");

        for (String number : List.of("\"7.50\"", "\"7.500\"", "\"07.5\"")) {
            unchanged(two.replace("\"7.5\"", number));
        }
        unchanged(two.replace("\"priceTypes\":[],", ""));
        unchanged(two.replace("\"priceTypes\":[]", "\"priceTypes\":null"));
        unchanged(two.replace("\"mayChangePrice\":false,", ""));
        unchanged(two.replace("\"main\":false", "\"main\":null"));
        unchanged(two.replace(",\"main\":false", ""));
        String turned =
                two.replace("ombor-2", "between").replace("asosiy", "ombor-2").replace("between", "asosiy");
        put(turned).then().statusCode(200).header("X-Changed", "true").header("ETag", "\"2\"");
        put(turned.replace("\"maxDiscountPercent\":\"7.5\",", ""))
                .then()
                .header("X-Changed", "true")
                .body("maxDiscountPercent", nullValue());
        unchanged(turned.replace("\"7.5\"", "null"));
        put(turned.replace("7.5", "100")).then().header("X-Changed", "true");
        unchanged(turned.replace("7.5", "100.00"));
        put(turned.replace("7.5", "0.00")).then().header("X-Changed", "true").body("maxDiscountPercent", equalTo("0"));
        unchanged(turned.replace("7.5", "-0.0"));
    }

    private void unchanged(String body) {
        put(body).then().statusCode(200).header("X-Changed", "false");
    }

    @Test
    void aHundredWritersWithoutIfMatchAreAllHeardTheUserAsWell() {
        put(SETTINGS);
        String own = Till.of(ONE).accessToken(login);
        List<String> languages = List.of("uz-Latn", "uz-Cyrl", "ru", "en");

        List<Integer> statuses = atOnce(
                100, 100, number -> as(own).body(SETTINGS.replace("\"ru\"", "\"" + languages.get(number % 4) + "\"")
                                .replace("dark", number % 3 == 0 ? "light" : "dark"))
                        .put("/api/users/me/settings")
                        .statusCode());

        assertThat(statuses).containsOnly(200);
    }

    @Test
    void ofAHundredWritersWithTheSameETagOneSucceeds() {
        put(SETTINGS);

        List<Integer> statuses =
                atOnce(100, 100, number -> putIfMatch(SETTINGS.replace("asosiy", "w" + number), "\"1\"")
                        .statusCode());

        assertThat(statuses).containsOnly(200, 412);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
        as(admin).get("/api/users/" + login + "/settings").then().header("ETag", "\"2\"");
    }

    @Test
    void manyEqualFirstWritesAtOnceMakeOneVersionAndOneEvent() {
        List<String> changed = atOnce(
                12, 12, number -> put(SETTINGS).then().statusCode(200).extract().header("X-Changed"));

        assertThat(changed).filteredOn("true"::equals).hasSize(1);
        eventually(() -> assertThat(events()).hasSize(1));
    }

    @Test
    void aHundredWritersWithIfMatchLoseNoUpdate() {
        put(SETTINGS);
        long applied = atOnce(16, 100, this::raiseOnce).stream()
                .filter(status -> status == 200)
                .count();

        Response now = as(admin).get("/api/users/" + login + "/settings");
        assertThat(now.header("ETag")).isEqualTo("\"" + (1 + applied) + "\"");
        assertThat(applied).isPositive();
        eventually(() -> assertThat(events()).hasSize((int) (1 + applied)));
    }

    @Test
    void anOldETagIsRefusedUnlessTheContentIsThereAlready() {
        put(SETTINGS);
        put(SETTINGS.replace("dark", "light"));

        putIfMatch(SETTINGS, "\"1\"").then().statusCode(412).body("type", equalTo("/problems/precondition-failed"));
        putIfMatch(SETTINGS.replace("dark", "light"), "\"1\"")
                .then()
                .statusCode(200)
                .header("X-Changed", "false");
        putIfMatch(SETTINGS, "\"2\"").then().statusCode(200).header("X-Changed", "true");
        String light = SETTINGS.replace("dark", "light");
        putIfMatch(light, "W/\"3\"").then().statusCode(412);
        putIfMatch(light, "\"1\", \"3\"").then().statusCode(200).header("ETag", "\"4\"");
        putIfMatch(SETTINGS, "\"1\", \"3\"").then().statusCode(412);
        putIfMatch(SETTINGS, "\"of-something-else\"").then().statusCode(412);
        putIfMatch(SETTINGS, "*").then().statusCode(200).header("ETag", "\"5\"");
        putIfMatch(light, "nonsense").then().statusCode(400).body("violations[0].field", equalTo("If-Match"));
    }

    @Test
    void anIfMatchForNothingStoredYetIsVersionZero() {
        putIfMatch(SETTINGS, "\"3\"").then().statusCode(412);
        putIfMatch(SETTINGS, "\"0\"").then().statusCode(200).header("ETag", "\"1\"");
    }

    @Test
    void usersChangeTheirLanguageAndThemeAndNothingElse() {
        put(SETTINGS);
        String own = Till.of(ONE).accessToken(login);

        as(own).body(SETTINGS.replace("\"ru\"", "\"en\""))
                .put("/api/users/me/settings")
                .then()
                .statusCode(200)
                .header("X-Changed", "true")
                .body("language", equalTo("en"));
        as(own).body(SETTINGS.replace("\"ru\"", "\"en\"").replace("7.5", "50"))
                .put("/api/users/me/settings")
                .then()
                .statusCode(403)
                .body("type", equalTo("/problems/not-own-setting"));
        as(own).get("/api/users/me/settings").then().body("maxDiscountPercent", equalTo("7.5"));
        as(own).get("/api/users/" + login + "/settings").then().statusCode(403);
        as(own).body(SETTINGS).put("/api/users/" + login + "/settings").then().statusCode(403);
    }

    @Test
    void anotherEnterprisesAdminFindsNobody() {
        String stranger = Till.of(OTHER).accessToken("admin");

        as(stranger).get("/api/users/" + login + "/settings").then().statusCode(404);
        as(stranger)
                .body(SETTINGS)
                .put("/api/users/" + login + "/settings")
                .then()
                .statusCode(404);
    }

    @Test
    void badSettingsAreRefusedWithTheFieldNamedAndNothingIsWritten() {
        refused(SETTINGS.replace("\"ru\"", "\"fr\""), 400, "language");
        for (String number :
                List.of("101", "-1", "7.555", "1e900000000", "-1e900000000", "1e-900000000", "ten", "NaN")) {
            refused(SETTINGS.replace("7.5", number), 400, "maxDiscountPercent");
        }
        refused(SETTINGS.replace("\"7.5\"", "1e900000000"), 400, "maxDiscountPercent");
        refused(SETTINGS.replace("\"language\":\"ru\",", ""), 400, "language");
        refused(SETTINGS.replace("\"ru\"", "null"), 400, "language");
        refused(SETTINGS.replace("{\"id\":\"asosiy\",\"main\":true}", "null"), 400, "warehouses[0]");
        refused("null", 400, "body");
        refused("[]", 400, "body");
        refused(SETTINGS.replace("\"theme\"", "\"colour\""), 400, "colour");
        refused(SETTINGS.replace("CASH", "GOLD"), 400, "cashDesks[0].kind");
        refused(SETTINGS.replace("\"asosiy\"", "\"a\\u0000\""), 400, "warehouses[0].id");
        refused(SETTINGS.replace("\"main\":true", "\"main\":false"), 422, "warehouses");
        as(admin)
                .body("{\"language\":")
                .put("/api/users/" + login + "/settings")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("violations[0].message", containsString("line 1"));
        as(admin)
                .urlEncodingEnabled(false)
                .body(SETTINGS)
                .put("/api/users/a%00/settings")
                .then()
                .statusCode(400);
        as(admin)
                .body(" ".repeat(10_000_000))
                .put("/api/users/" + login + "/settings")
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("violations[0].field", equalTo("body"));
        as(admin).get("/api/users/" + login + "/settings").then().header("ETag", "\"0\"");
    }

    /** They stand in the user's tokens. */
    @Test
    void priceTypesStandInTheTokenAndHaveALimit() {
        String types = "\"priceTypes\":[{\"id\":\"chakana\",\"main\":true},{\"id\":\"ulgurji\",\"main\":false}]";
        assertThat(claims(Till.of(ONE).accessToken(login)).getList("price_types"))
                .isNull();
        put(SETTINGS.replace("\"priceTypes\":[]", types)).then().statusCode(200);

        assertThat(claims(Till.of(ONE).accessToken(login)).getList("price_types", String.class))
                .containsExactly("chakana", "ulgurji");

        String many = IntStream.range(0, 100)
                .mapToObj(i -> "{\"id\":\"%041d\",\"main\":%s}".formatted(i, i == 0))
                .collect(Collectors.joining(","));
        refused(SETTINGS.replace("\"priceTypes\":[]", "\"priceTypes\":[" + many + "]"), 422, "priceTypes");
    }

    private static JsonPath claims(String token) {
        return new JsonPath(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private void refused(String body, int status, String field) {
        put(body).then().statusCode(status).body("violations[0].field", equalTo(field));
    }

    private int raiseOnce(int number) {
        Response now = as(admin).get("/api/users/" + login + "/settings");
        String next = SETTINGS.replace("7.5", Integer.toString(number)).replace("asosiy", "w" + number);
        return putIfMatch(next, now.header("ETag"))
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 412))
                .extract()
                .statusCode();
    }

    private Response put(String body) {
        return as(admin).body(body).put("/api/users/" + login + "/settings");
    }

    private Response putIfMatch(String body, String tag) {
        return as(admin).header("If-Match", tag).body(body).put("/api/users/" + login + "/settings");
    }

    private List<Published> events() {
        return TopicReader.all(
                Topics.SETTINGS,
                published -> userId.equals(published.event().subject())
                        && published.event().type().equals("settings.changed"));
    }
}
