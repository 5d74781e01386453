package uz.ksb.pos.sync;

import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.TenantRules;
import uz.ksb.pos.platform.testing.Tokens;

/** The endpoints of sync-service with tokens that must not open them. */
@QuarkusTest
@QuarkusTestResource(SyncBackOffice.class)
class SyncTenantRulesTest extends TenantRules {
    private final String ours = anEnterprise();
    private final String theirs = anEnterprise();
    private final UUID run = UUID.randomUUID();
    private final UUID notification = UUID.randomUUID();

    @Override
    protected void givenSomethingEverywhere() throws Exception {
        execute(
                "insert into syncs values ('" + run + "', '" + ours + "', '" + Tokens.deviceOf(ours)
                        + "', false, 'COMPLETED', 'ali', now(), now(), now() + interval '10 min')",
                "insert into crm_notifications values ('" + notification + "', '" + ours + "', '" + run
                        + "', '{}', 'FAILED', 9, now() + interval '1 year', 'away', now(), null)",
                "insert into sync_parts (sync_id, part, ordinal, state) values ('" + run
                        + "', 'products', 1, 'APPLIED')");
    }

    @Override
    protected String ours() {
        return ours;
    }

    @Override
    protected Set<String> open() {
        return Set.of();
    }

    @Override
    protected String foreignToken(String endpoint) {
        return Tokens.of(theirs, Role.ADMIN).sign();
    }

    @Override
    protected String tillToken(String status) {
        return Tokens.of(ours, Role.ADMIN).with("aud", Claims.DEVICE_AUDIENCE).sign();
    }

    @Override
    protected String ours(String endpoint, String parameter) {
        return (endpoint.contains("crm") ? notification : run).toString();
    }

    @Override
    protected Object body(String endpoint) {
        return switch (endpoint) {
            case "POST /api/syncs", "POST /api/syncs/full", "POST /api/crm-notifications/{id}/redelivery" -> "{}";
            case "DELETE /api/syncs/{id}" -> null;
            default -> noBody(endpoint);
        };
    }

    @Override
    protected List<String> secrets(String endpoint) {
        return List.of(ours, run.toString(), notification.toString());
    }

    @Override
    protected List<String> otherTables() {
        return List.of("select p::text from sync_parts p where sync_id = '" + run + "'");
    }

    private static String anEnterprise() {
        return "1" + String.format("%07d", Math.abs(UUID.randomUUID().hashCode() % 10_000_000));
    }
}
