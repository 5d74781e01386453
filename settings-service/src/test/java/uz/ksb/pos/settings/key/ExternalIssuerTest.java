package uz.ksb.pos.settings.key;

import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.PASSWORD;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.inject.Inject;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.settings.Till;

/** Where the configuration names another issuer, this service takes its tokens and goes on to take its own. */
@QuarkusTest
@TestProfile(ExternalIssuerTest.External.class)
class ExternalIssuerTest {
    private static final String ISSUER = "https://login.example/realms/shops";
    private static final String PRIVATE_KEY = "pos.test.external-key";

    @Inject
    Keys keys;

    public static class External implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "mp.jwt.verify.publickey", publish(),
                    "mp.jwt.verify.publickey.algorithm", "RS256",
                    "mp.jwt.verify.issuer", ISSUER,
                    "mp.jwt.verify.audiences", "tills",
                    "smallrye.jwt.path.groups", "realm_access/roles",
                    "smallrye.jwt.blocking-authentication", "true");
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
    void itsTokensAndOursAreTakenSideBySide() throws Exception {
        String ours = Till.of(ONE).accessToken("admin");

        users(ours).statusCode(200);
        users(theirs(claims("kassir", "CASHIER", "MANAGER", "ADMIN"))).statusCode(200);
        users(theirs(claims("kassir", "CASHIER"))).statusCode(403);
        as(theirs(claims("kassir", "CASHIER")))
                .get("/api/users/me/settings")
                .then()
                .statusCode(200)
                .body("maxDiscountPercent", equalTo("5"));
        as(theirs(claims("kassir", "CASHIER")))
                .get("/api/enterprise")
                .then()
                .statusCode(200)
                .body("ksbId", equalTo(ONE));
    }

    @Test
    void whatNeitherOfUsSignedIsRefused() throws Exception {
        users(Tokens.of(ONE, Role.ADMIN).sign()).statusCode(401);
        users(theirs(claims("admin", "ADMIN").issuer(Claims.ISSUER).audience(Claims.AUDIENCE)))
                .statusCode(401);
        users(theirs(claims("admin", "ADMIN").audience(Claims.AUDIENCE))).statusCode(401);
        users(theirs(claims("admin", "ADMIN").expiresAt(Instant.now().minusSeconds(600))))
                .statusCode(401);
        users(ours(claims("admin", "ADMIN"))).statusCode(401);
    }

    @Test
    void whoeverIsAtNoTillMayChangeThePasswordAndAllLoginsAtTillsEnd() throws Exception {
        String login = "u" + UUID.randomUUID();
        as(Till.of(ONE).accessToken("admin"))
                .body(Map.of("login", login, "displayName", "U", "role", "CASHIER", "password", PASSWORD))
                .post("/api/users")
                .then()
                .statusCode(201);
        Till till = Till.of(ONE);
        String refreshToken = till.login(login, PASSWORD).path("refreshToken");

        as(theirs(claims(login, "CASHIER")))
                .body(Map.of("oldPassword", PASSWORD, "newPassword", "another-password"))
                .post("/api/auth/password")
                .then()
                .statusCode(204);

        till.refresh(refreshToken).then().statusCode(401);
        till.login(login, "another-password").then().statusCode(200);
    }

    private static ValidatableResponse users(String token) {
        return as(token).get("/api/users?limit=1").then();
    }

    private static JwtClaimsBuilder claims(String login, String... roles) {
        return Jwt.claims()
                .issuer(ISSUER)
                .audience("tills")
                .subject(UUID.randomUUID().toString())
                .preferredUserName(login)
                .claim("realm_access", Map.of("roles", List.of(roles)))
                .claim(Claims.KSB_ID, ONE)
                .issuedAt(Instant.now())
                .expiresAt(Instant.now().plus(Duration.ofMinutes(5)));
    }

    private static String theirs(JwtClaimsBuilder claims) throws JoseException {
        PrivateKey key = ((RsaJsonWebKey) JsonWebKey.Factory.newJwk(System.getProperty(PRIVATE_KEY))).getPrivateKey();
        return claims.jws().sign(key);
    }

    private String ours(JwtClaimsBuilder claims) {
        TokenKey key = keys.signing(Purpose.ACCESS);
        return claims.jws().keyId(key.kid()).algorithm(SignatureAlgorithm.ES256).sign(key.privateKey());
    }
}
