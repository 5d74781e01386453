package uz.ksb.pos.platform.caller;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.testing.Tokens;

/** Another issuer's tokens, taken by configuration alone: its keys, its algorithm, its name, its place for roles. */
@QuarkusTest
@TestProfile(ExternalIssuerTest.External.class)
class ExternalIssuerTest {
    private static final String ISSUER = "https://login.example/realms/shops";
    private static final String SUBJECT = "0190a5f0-0000-7000-8000-000000000001";
    private static final String PRIVATE_KEY = "pos.test.external-key";

    public static class External extends PlatformProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> configuration = new HashMap<>(super.getConfigOverrides());
            configuration.putAll(Map.of(
                    "mp.jwt.verify.publickey", publish(),
                    "mp.jwt.verify.publickey.algorithm", "RS256",
                    "mp.jwt.verify.issuer", ISSUER,
                    "mp.jwt.verify.audiences", "tills",
                    "smallrye.jwt.path.groups", "realm_access/roles"));
            return configuration;
        }

        /** @return the public key, as the property takes it */
        private static String publish() {
            try {
                RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
                System.setProperty(PRIVATE_KEY, key.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE));
                return Base64.getEncoder().encodeToString(key.getPublicKey().getEncoded());
            } catch (JoseException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void itsTokenNamesTheCaller() throws Exception {
        me(token("CASHIER", "MANAGER"))
                .statusCode(200)
                .body("ksbId", equalTo("10000001"))
                .body("login", equalTo("dilnoza"));
        manager(token("CASHIER", "MANAGER")).statusCode(200);
        manager(token("CASHIER")).statusCode(403);
        me(sign(claims("CASHIER").remove("preferred_username"))).statusCode(200).body("login", equalTo(SUBJECT));
    }

    @Test
    void whatIsNotFromItOrNotForUsIsRefused() throws Exception {
        me(Tokens.of("10000001", Role.CASHIER).sign()).statusCode(401);
        me(sign(claims("CASHIER").issuer(Claims.ISSUER))).statusCode(401);
        me(sign(claims("CASHIER").audience("another"))).statusCode(401);
    }

    private static String token(String... roles) throws JoseException {
        return sign(claims(roles));
    }

    private static JwtClaimsBuilder claims(String... roles) {
        return Jwt.claims()
                .issuer(ISSUER)
                .audience("tills")
                .subject(SUBJECT)
                .preferredUserName("dilnoza")
                .claim("realm_access", Map.of("roles", List.of(roles)))
                .claim(Claims.KSB_ID, "10000001")
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plus(Duration.ofMinutes(5)));
    }

    private static String sign(JwtClaimsBuilder claims) throws JoseException {
        PrivateKey key = ((RsaJsonWebKey) JsonWebKey.Factory.newJwk(System.getProperty(PRIVATE_KEY))).getPrivateKey();
        return claims.jws().sign(key);
    }

    private static ValidatableResponse me(String token) {
        return given().auth().oauth2(token).when().get("/edge/me").then();
    }

    private static ValidatableResponse manager(String token) {
        return given().auth().oauth2(token).when().get("/edge/manager").then();
    }
}
