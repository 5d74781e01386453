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
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.ExternalIssuer;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.settings.Till;

/** Where the configuration names another issuer, this service takes its tokens and goes on to take its own. */
@QuarkusTest
@TestProfile(ExternalIssuerTest.External.class)
class ExternalIssuerTest {
    @Inject
    Keys keys;

    public static class External implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return ExternalIssuer.configuration();
        }
    }

    @Test
    void itsTokensAndOursAreTakenSideBySide() {
        String ours = Till.of(ONE).accessToken("admin");

        users(ours).statusCode(200);
        users(ExternalIssuer.sign(claims("kassir", "CASHIER", "MANAGER", "ADMIN")))
                .statusCode(200);
        users(ExternalIssuer.sign(claims("kassir", "CASHIER"))).statusCode(403);
        as(ExternalIssuer.sign(claims("kassir", "CASHIER")))
                .get("/api/users/me/settings")
                .then()
                .statusCode(200)
                .body("maxDiscountPercent", equalTo("5"));
        as(ExternalIssuer.sign(claims("kassir", "CASHIER")))
                .get("/api/enterprise")
                .then()
                .statusCode(200)
                .body("ksbId", equalTo(ONE));
    }

    @Test
    void whatNeitherOfUsSignedIsRefused() {
        users(Tokens.of(ONE, Role.ADMIN).sign()).statusCode(401);
        users(ExternalIssuer.sign(claims("admin", "ADMIN").issuer(Claims.ISSUER).audience(Claims.AUDIENCE)))
                .statusCode(401);
        users(ExternalIssuer.sign(claims("admin", "ADMIN").audience(Claims.AUDIENCE)))
                .statusCode(401);
        users(ExternalIssuer.sign(
                        claims("admin", "ADMIN").expiresAt(Instant.now().minusSeconds(600))))
                .statusCode(401);
        users(ours(claims("admin", "ADMIN"))).statusCode(401);
    }

    @Test
    void whoeverIsAtNoTillMayChangeThePasswordAndAllLoginsAtTillsEnd() {
        String login = "u" + UUID.randomUUID();
        as(Till.of(ONE).accessToken("admin"))
                .body(Map.of("login", login, "displayName", "U", "role", "CASHIER", "password", PASSWORD))
                .post("/api/users")
                .then()
                .statusCode(201);
        Till till = Till.of(ONE);
        String refreshToken = till.login(login, PASSWORD).path("refreshToken");

        as(ExternalIssuer.sign(claims(login, "CASHIER")))
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
        return ExternalIssuer.claims(ONE, login, roles);
    }

    private String ours(JwtClaimsBuilder claims) {
        TokenKey key = keys.signing(Purpose.ACCESS);
        return claims.jws().keyId(key.kid()).algorithm(SignatureAlgorithm.ES256).sign(key.privateKey());
    }
}
