package uz.ksb.pos.settings.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.settings.Till;

@QuarkusTest
class ForgedTokenTest {
    @Inject
    Keys keys;

    @Test
    void aTokenOfOurKeyIsAccepted() {
        as(sign(claims(), key().privateKey(), key().kid()))
                .get("/api/enterprise")
                .then()
                .statusCode(200);
    }

    @Test
    void anotherKeyUnderOurNameIsRefused() {
        refused(sign(claims(), Tokens.newKeys().getPrivate(), key().kid()));
    }

    @Test
    void aDeviceTokenIsNoAccessToken() {
        refused(Till.of(ONE).token());
        TokenKey device = keys.signing(Purpose.DEVICE);
        refused(sign(claims(), device.privateKey(), device.kid()));
    }

    @Test
    void noAlgorithmIsRefused() {
        refused(base64("{\"alg\":\"none\",\"kid\":\"" + key().kid() + "\"}") + "." + payload() + ".");
        refused(base64("{\"alg\":\"none\"}") + "." + payload() + ".");
    }

    @Test
    void hmacWithThePublicKeyIsRefused() throws Exception {
        String signed = base64("{\"alg\":\"HS256\",\"kid\":\"" + key().kid() + "\"}") + "." + payload();
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key().publicKey().getEncoded(), "HmacSHA256"));
        refused(signed + "."
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void expiredAndNotYetValidAreRefused() {
        refused(ours(claims().expiresAt(Instant.now().minusSeconds(60))));
        refused(ours(claims().claim("nbf", Instant.now().plusSeconds(600).getEpochSecond())));
    }

    @Test
    void anotherAudienceOrIssuerIsRefused() {
        refused(ours(claims().audience("somebody-else")));
        refused(ours(claims().audience(Claims.DEVICE_AUDIENCE)));
        refused(ours(claims().issuer("somebody-else")));
    }

    @Test
    void aChangedClaimIsRefused() {
        String[] parts = ours(claims()).split("\\.");
        String changed = new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                .replace("\"" + ONE + "\"", "\"10000002\"");
        refused(parts[0] + "." + base64(changed) + "." + parts[2]);
    }

    @Test
    void garbageIsRefused() {
        refused("garbage");
        refused("a.b.c");
        refused("");
    }

    @Test
    void theJwksShowsEveryKeyAndNoPrivateHalf() {
        String jwks = io.restassured.RestAssured.get("/.well-known/jwks.json")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        keys.current().byKid().keySet().forEach(kid -> assertThat(jwks).contains(kid));
        assertThat(jwks).doesNotContain("\"d\"");
    }

    @Test
    void whatIsSignedForAnotherEnterpriseFindsNothingHere() {
        String foreign = Till.of(Till.OTHER).accessToken("admin");

        as(foreign)
                .get("/api/devices/" + Till.of(ONE).deviceId() + "/settings")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        as(foreign).get("/api/enterprise").then().body("ksbId", equalTo(Till.OTHER));
    }

    @Test
    void noRefusedTokenStandsInTheLog() {
        List<String> forged = List.of(
                sign(claims(), Tokens.newKeys().getPrivate(), key().kid()),
                sign(claims(), Tokens.newKeys().getPrivate(), "nobody-knows"),
                ours(claims().expiresAt(Instant.now().minusSeconds(600))),
                base64("{\"alg\":\"none\"}") + "." + payload() + ".",
                Till.of(ONE).token());
        List<String> logged = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord said) {
                logged.add(said.getMessage() + Arrays.toString(said.getParameters()) + stack(said.getThrown()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger root = Logger.getLogger("");
        root.addHandler(listener);
        try {
            forged.forEach(this::refused);
        } finally {
            root.removeHandler(listener);
        }

        forged.forEach(token ->
                assertThat(logged).noneMatch(line -> line.contains(token) || line.contains(token.split("\\.", -1)[1])));
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        if (thrown != null) {
            thrown.printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    private void refused(String token) {
        as(token)
                .get("/api/enterprise")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("status", equalTo(401));
    }

    private TokenKey key() {
        return keys.signing(Purpose.ACCESS);
    }

    private String ours(JwtClaimsBuilder claims) {
        return sign(claims, key().privateKey(), key().kid());
    }

    private static String sign(JwtClaimsBuilder claims, Key key, String kid) {
        return claims.jws().keyId(kid).algorithm(SignatureAlgorithm.ES256).sign((PrivateKey) key);
    }

    private static JwtClaimsBuilder claims() {
        return Jwt.claims()
                .issuer(Claims.ISSUER)
                .audience(Claims.AUDIENCE)
                .subject(UUID.randomUUID().toString())
                .preferredUserName("kassir")
                .groups(Set.of(Role.IS_CASHIER))
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plusSeconds(600))
                .claim(Claims.KSB_ID, ONE);
    }

    private String payload() {
        return ours(claims()).split("\\.")[1];
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
