package uz.ksb.pos.settings;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.EdgeRules;

@QuarkusTest
class SettingsEdgeRulesTest extends EdgeRules {
    static final Set<String> OPEN = Set.of(
            "GET /api/enterprises/{ksbId}",
            "POST /api/devices",
            "POST /api/auth/login",
            "POST /api/auth/logout",
            "POST /api/auth/pin",
            "POST /api/auth/refresh",
            "POST /api/auth/token");

    @Override
    protected Set<String> open() {
        return OPEN;
    }

    @Override
    protected List<Role> others() {
        return List.of(Role.CASHIER);
    }

    @Override
    protected String token(Role role) {
        return Till.of(Till.ONE).accessToken(role == Role.ADMIN ? "admin" : "kassir");
    }
}
