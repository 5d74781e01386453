package uz.ksb.pos.platform.problem;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.Jwt;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

@QuarkusTest
@TestProfile(PlatformProfile.class)
class EdgeTest {
    private static final String KSB_ID = "10000001";

    @Test
    void decimalsAreTextInRequestsAndAnswers() {
        order("{\"lines\":[{\"code\":\"12345678\",\"price\":\"12500.10\"}]}")
                .statusCode(200)
                .body(equalTo("{\"lines\":[{\"code\":\"12345678\",\"price\":\"12500.10\"}]}"));
    }

    @Test
    void aBadFieldIsNamedByItsPath() {
        refused(order("{\"lines\":[{\"code\":\"1234567\"}]}"), 400)
                .body("violations[0].field", equalTo("lines[0].code"))
                .body("violations[0].message", equalTo("must be 8 digits"));
    }

    @Test
    void aFieldOfTheWrongTypeIsNamed() {
        refused(order("{\"lines\":[{\"code\":\"12345678\",\"price\":\"cheap\"}]}"), 400)
                .body("violations[0].field", equalTo("lines[0].price"));
    }

    @Test
    void anUnknownFieldIsNamed() {
        refused(order("{\"lines\":[{\"color\":\"red\"}]}"), 400).body("violations[0].field", equalTo("lines[0].color"));
    }

    @Test
    void brokenJsonIsTheBodysFaultAndItsPlaceIsNamed() {
        refused(order("{\n \"lines\" [1]}"), 400)
                .body("violations[0].field", equalTo("body"))
                .body("violations[0].message", equalTo("is not valid JSON at line 2, column 10"));
        refused(order("{\"lines\":[{\"code\":tru}]}"), 400).body("violations[0].message", containsString("line 1"));
        refused(order("{\"lines\":["), 400).body("violations[0].message", containsString("line 1"));
    }

    @Test
    void aLargeBodyIsRefusedBeforeItIsRead() {
        refused(order("{\"lines\":[{\"code\":\"" + "1".repeat(2_000_000) + "\"}]}"), 413)
                .body("type", equalTo("/problems/too-large"));
    }

    @Test
    void anUnknownPathAndAWrongMethodAreProblemsToo() {
        refused(given().when().get("/edge/nothing").then(), 404);
        refused(given().when().delete("/edge/me").then(), 405);
    }

    @Test
    void aConflictCarriesWhatIsStored() {
        refused(given().when().get("/edge/conflict").then(), 409).body("current.revision", equalTo(6));
    }

    @Test
    void aWaitIsRoundedUpToWholeSeconds() {
        refused(given().when().get("/edge/wait").then(), 429).header("Retry-After", equalTo("2"));
    }

    @Test
    void anUnexpectedFailureTellsNoDetail() {
        refused(given().when().get("/edge/broken").then(), 500).body(not(containsString("secret")));
    }

    @Test
    void theCallerIsWhoTheTokenNames() {
        me(Tokens.of(KSB_ID, Role.MANAGER).sign())
                .statusCode(200)
                .body("ksbId", equalTo(KSB_ID))
                .body("login", equalTo("manager"))
                .body("zone", equalTo("Asia/Tashkent"))
                .body("maxDiscountPercent", equalTo("100"));
    }

    @Test
    void aHigherRoleCarriesTheLowerOnesAndNotTheOtherWayRound() {
        manager(Tokens.of(KSB_ID, Role.ADMIN).sign()).statusCode(200);
        refused(manager(Tokens.of(KSB_ID, Role.CASHIER).sign()), 403);
        refused(manager(Tokens.of(KSB_ID, Role.BACK_OFFICE).sign()), 403);
    }

    @Test
    void withoutAValidTokenThereIsNoAnswer() {
        refused(given().when().get("/edge/me").then(), 401).header("WWW-Authenticate", equalTo("Bearer"));
        refused(me("nonsense"), 401);
        refused(me(Tokens.of(KSB_ID, Role.CASHIER).expired().sign()), 401);
        refused(me(Tokens.of(KSB_ID, Role.CASHIER).with("aud", "another").sign()), 401);
        refused(me(Tokens.of(KSB_ID, Role.CASHIER).with("iss", "another").sign()), 401);
        refused(
                me(Tokens.of(KSB_ID, Role.CASHIER)
                        .with("aud", Claims.DEVICE_AUDIENCE)
                        .sign()),
                401);
        refused(
                me(Tokens.of(KSB_ID, Role.CASHIER)
                        .with("nbf", Instant.now().plusSeconds(600).getEpochSecond())
                        .sign()),
                401);
        refused(
                me(Tokens.of(KSB_ID, Role.CASHIER)
                        .with("iat", Instant.now().plusSeconds(120).getEpochSecond())
                        .sign()),
                401);
        refused(me(signedByAStranger()), 401);
        refused(me(hmacWithThePublicKey()), 401);
        refused(me(unsigned()), 401);
    }

    private static String signedByAStranger() {
        return Jwt.claims()
                .issuer(Claims.ISSUER)
                .audience(Claims.AUDIENCE)
                .groups(Role.CASHIER.name())
                .claim(Claims.KSB_ID, KSB_ID)
                .expiresAt(Instant.now().plus(Duration.ofMinutes(5)))
                .jws()
                .algorithm(io.smallrye.jwt.algorithm.SignatureAlgorithm.ES256)
                .sign(Tokens.newKeys().getPrivate());
    }

    /** A token that is signed with the public key as if it were a secret (RFC 8725, 2.1). */
    private static String hmacWithThePublicKey() {
        String signed = Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"HS256\"}".getBytes(UTF_8))
                + "." + Tokens.of(KSB_ID, Role.CASHIER).sign().split("\\.")[1];
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] publicKey = Base64.getDecoder().decode(System.getProperty("mp.jwt.verify.publickey"));
            mac.init(new SecretKeySpec(publicKey, "HmacSHA256"));
            return signed + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String unsigned() {
        String[] parts = Tokens.of(KSB_ID, Role.CASHIER).sign().split("\\.");
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return header + "." + parts[1] + ".";
    }

    private static ValidatableResponse order(String body) {
        return given().contentType("application/json")
                .body(body)
                .when()
                .post("/edge/orders")
                .then();
    }

    private static ValidatableResponse me(String token) {
        return given().auth().oauth2(token).when().get("/edge/me").then();
    }

    private static ValidatableResponse manager(String token) {
        return given().auth().oauth2(token).when().get("/edge/manager").then();
    }

    private static ValidatableResponse refused(ValidatableResponse answer, int status) {
        return answer.statusCode(status).contentType("application/problem+json").body("status", equalTo(status));
    }
}
