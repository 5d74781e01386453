package uz.ksb.pos.gateway;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.TenantRules;
import uz.ksb.pos.platform.testing.Tokens;

/** The endpoints of the gateway over plain HTTP, with tokens that must not open them. */
@QuarkusTest
class GatewayTenantRulesTest extends TenantRules {
    private static final String OURS = "26900001";
    private static final String THEIRS = "26900002";

    @Override
    protected void givenSomethingEverywhere() {}

    @Override
    protected String ours() {
        return OURS;
    }

    @Override
    protected Set<String> open() {
        return Set.of();
    }

    @Override
    protected String foreignToken(String endpoint) {
        return Tokens.of(THEIRS, Role.ADMIN).sign();
    }

    @Override
    protected String tillToken(String status) {
        return Tokens.of(OURS, Role.ADMIN).with("aud", Claims.DEVICE_AUDIENCE).sign();
    }

    @Override
    protected String ours(String endpoint, String parameter) {
        return null;
    }

    @Override
    protected Object body(String endpoint) {
        return noBody(endpoint);
    }

    @Override
    protected List<String> secrets(String endpoint) {
        return List.of(OURS);
    }

    /** The gateway keeps no rows. */
    @Override
    protected String everythingOfOurs() {
        return given().auth()
                .oauth2(Tokens.of(OURS, Role.ADMIN).sign())
                .get("/api/live/stats")
                .asString();
    }
}
