package uz.ksb.pos.platform.caller;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.ExternalIssuer.sign;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.PlatformProfile;
import uz.ksb.pos.platform.testing.ExternalIssuer;
import uz.ksb.pos.platform.testing.Tokens;

/** Another issuer's tokens, taken by configuration alone: its keys, its algorithm, its name, its place for roles. */
@QuarkusTest
@TestProfile(ExternalIssuerTest.External.class)
class ExternalIssuerTest {
    public static class External extends PlatformProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> configuration = new HashMap<>(super.getConfigOverrides());
            configuration.putAll(ExternalIssuer.configuration());
            return configuration;
        }
    }

    @Test
    void itsTokenNamesTheCaller() {
        me(token("CASHIER", "MANAGER"))
                .statusCode(200)
                .body("ksbId", equalTo("10000001"))
                .body("login", equalTo("dilnoza"));
        manager(token("CASHIER", "MANAGER")).statusCode(200);
        manager(token("CASHIER")).statusCode(403);
        me(sign(claims("CASHIER").subject("0190a5f0").remove("preferred_username")))
                .statusCode(200)
                .body("login", equalTo("0190a5f0"));
    }

    @Test
    void whatIsNotFromItOrNotForUsIsRefused() {
        me(Tokens.of("10000001", Role.CASHIER).sign()).statusCode(401);
        me(sign(claims("CASHIER").issuer(Claims.ISSUER))).statusCode(401);
        me(sign(claims("CASHIER").audience("another"))).statusCode(401);
    }

    private static String token(String... roles) {
        return sign(claims(roles));
    }

    private static JwtClaimsBuilder claims(String... roles) {
        return ExternalIssuer.claims("10000001", "dilnoza", roles);
    }

    private static ValidatableResponse me(String token) {
        return given().auth().oauth2(token).when().get("/edge/me").then();
    }

    private static ValidatableResponse manager(String token) {
        return given().auth().oauth2(token).when().get("/edge/manager").then();
    }
}
