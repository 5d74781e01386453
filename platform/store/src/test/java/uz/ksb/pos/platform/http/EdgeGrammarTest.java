package uz.ksb.pos.platform.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

/** The grammar of requests: every value of another form is a 400 that names its field. */
@QuarkusTest
@TestProfile(PlatformProfile.class)
class EdgeGrammarTest {
    private static final String TOKEN = Tokens.of("10000001", Role.CASHIER).sign();
    private static final String ID = "0193b0f2-7c3a-7e6b-9c7d-0123456789AB";

    @Test
    void valuesOfTheRightFormAreTaken() {
        values("""
                {"decimal":"-12500.10","number":9007199254740991,"count":3,"time":"2026-02-28t09:30:00.5+05:00",
                 "instant":"2026-02-28T09:30:00Z","date":"2026-02-28","id":"%s","text":"non","flag":true}""".formatted(ID))
                .statusCode(200)
                .body("decimal", equalTo("-12500.10"))
                .body("number", equalTo(9007199254740991L))
                .body("time", equalTo("2026-02-28T09:30:00.5+05:00"))
                .body("instant", equalTo("2026-02-28T09:30:00Z"))
                .body("id", equalTo(ID.toLowerCase(java.util.Locale.ROOT)));
        values("{}").statusCode(200).body("count", equalTo(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '|',
            value = {
                "decimal 1.5",
                "decimal 1",
                "decimal \"1e3\"",
                "decimal \"1E+2147483647\"",
                "decimal 1E+2147483647",
                "decimal \"+1\"",
                "decimal \".5\"",
                "decimal \"5.\"",
                "decimal \"٥\"",
                "decimal \"\"",
                "decimal \"1,5\"",
                "decimal true",
                "number 1.0",
                "number 1.9",
                "number \"1\"",
                "number 9007199254740992",
                "number 9223372036854775808",
                "number 1e3",
                "count 2147483648",
                "count 99999999999",
                "count 1.9",
                "count \"1\"",
                "count true",
                "time 1772253000",
                "time \"2026-02-28T09:30+05:00\"",
                "time \"2026-02-28T09:30:00\"",
                "time \"2026-02-30T09:30:00Z\"",
                "time \"2026-02-28T09:30:00+0500\"",
                "time \"2026-02-28\"",
                "time []",
                "instant 1772253000",
                "instant \"2026-02-28T09:30:00\"",
                "date \"2026-02-30\"",
                "date \"2026-2-3\"",
                "date [2026,2,3]",
                "date 20000",
                "id \"1-1-1-1-1\"",
                "id \"0193b0f27c3a7e6b9c7d0123456789ab\"",
                "id 5",
                "text 5",
                "text {}",
                "text \"a\\u0000\"",
                "text \"\\ud83c\"",
                "flag \"true\"",
                "flag 1",
                "unknown 1"
            })
    void aValueOfAnotherFormIsRefusedByItsField(String field, String value) {
        refused(values("{\"" + field + "\":" + value + "}"), field);
    }

    @Test
    void aKeyTwiceIsRefused() {
        refused(values("{\"count\":1,\"count\":1}"), "body")
                .body("violations[0].message", containsString("has a key twice"));
    }

    @Test
    void aHostileBodyIsRefusedCheaply() {
        refused(values("[".repeat(100_000)), "body");
        refused(values("{\"deep\":" + "{\"a\":".repeat(60)), "deep");
        refused(values("{\"number\":" + "9".repeat(900_000) + "}"), "body");
        refused(values("{\"decimal\":\"" + "9".repeat(900_000) + "\"}"), "decimal");
        refused(values("{\"" + "a".repeat(900_000) + "\":1}"), "body");
    }

    @Test
    void aByteOrderMarkBeforeABodyIsIgnored() {
        values("\ufeff{\"count\":3}").statusCode(200).body("count", equalTo(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null"})
    void aMissingBodyIsRefused(String body) {
        refused(values(body), "body");
    }

    @Test
    void aBodyWithoutLengthAndTypeIsMissing() throws IOException {
        assertThat(exchange("POST /edge/values HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("violations", "\"body\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date=2026-02-30",
                "date=2026-2-3",
                "date=",
                "limit=99999999999",
                "limit=٥",
                "limit=+5",
                "limit=1.5",
                "limit=",
                "version=9007199254740992",
                "state=PAID",
                "state=open",
                "state=",
                "customer=1-1-1-1-1",
                "customer=",
                "text=",
                "time=1772253000"
            })
    void aParameterOfAnotherFormIsRefusedByItsName(String query) {
        refused(given().when().get("/edge/values/" + ID + "?" + query).then(), query.substring(0, query.indexOf('=')));
    }

    @Test
    void aPathOfAnotherFormIsRefusedByItsName() {
        given().when().get("/edge/values/" + ID + "?limit=5&state=OPEN").then().statusCode(200);
        refused(given().when().get("/edge/values/1-1-1-1-1").then(), "id");
        refused(given().when().get("/edge/values/nonsense").then(), "id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/edge/me?after=a%00", "/edge/a%00b", "/edge/me?after=%zz", "/edge/me?after=%", "/edge/%f"})
    void anAddressThatCannotBeReadIsRefused(String path) throws IOException {
        assertThat(exchange("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "deflate", "gzip, identity"})
    void anEncodedBodyIsNotTaken(String encoding) {
        given().contentType("application/json")
                .header("Content-Encoding", encoding)
                .body("{}")
                .when()
                .post("/edge/values")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("violations[0].field", equalTo("Content-Encoding"));
    }

    @Test
    void aClientThatExpectsToContinueIsAskedOnceAndAtOnce() throws IOException {
        try (Socket till = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            till.setSoTimeout(20_000);
            till.getOutputStream()
                    .write(("POST /edge/values HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            String asked = new String(till.getInputStream().readNBytes(25), US_ASCII);
            till.getOutputStream().write("{}".getBytes(US_ASCII));

            assertThat(asked).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(new String(till.getInputStream().readAllBytes(), UTF_8)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void tillsOfAnyOriginMayCall() {
        given().header("Origin", "null")
                .header("Access-Control-Request-Method", "PUT")
                .header("Access-Control-Request-Headers", "authorization,x-client-time")
                .when()
                .options("/edge/values")
                .then()
                .statusCode(204)
                .header("Access-Control-Allow-Origin", equalTo("*"))
                .header("Access-Control-Allow-Methods", containsString("PATCH"))
                .header(
                        "Access-Control-Allow-Headers",
                        equalTo(
                                "Authorization, Content-Type, X-Device-Token, X-Client-Time, If-Match, Idempotency-Key"));
        for (String path : new String[] {"/edge/me", "/edge/values/" + ID, "/edge/nothing"}) {
            given().header("Origin", "null")
                    .when()
                    .get(path)
                    .then()
                    .header("Access-Control-Allow-Origin", equalTo("*"))
                    .header("Access-Control-Allow-Credentials", org.hamcrest.Matchers.nullValue())
                    .header("Access-Control-Expose-Headers", equalTo("ETag, X-Changed, Retry-After, Location"))
                    .header("Vary", containsString("accept-encoding"));
        }
    }

    @Test
    void answersOfTheApiAreKeptByNoCache() {
        given().when().get("/api/edge/token").then().header("Cache-Control", equalTo("no-store"));
        given().when().get("/api/edge/nothing").then().header("Cache-Control", equalTo("no-store"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer  token", "bearer", "Bearer a b", "Basic YTpi", "token", " "})
    void anAuthorizationOfAnotherFormIsRefusedCleanly(String authorization) throws IOException {
        assertThat(exchange("GET /edge/me HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: " + authorization
                        + "\r\n\r\n"))
                .startsWith("HTTP/1.1 401")
                .containsIgnoringCase("www-authenticate: Bearer")
                .contains("/problems/not-authenticated");
    }

    private static String exchange(String request) throws IOException {
        try (Socket till = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            till.setSoTimeout(20_000);
            till.getOutputStream().write(request.getBytes(UTF_8));
            return new String(till.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static ValidatableResponse values(String body) {
        return given().contentType("application/json")
                .auth()
                .oauth2(TOKEN)
                .body(body.getBytes(UTF_8))
                .when()
                .post("/edge/values")
                .then();
    }

    private static ValidatableResponse refused(ValidatableResponse answer, String field) {
        return answer.statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("/problems/invalid-request"))
                .body("violations[0].field", equalTo(field));
    }
}
