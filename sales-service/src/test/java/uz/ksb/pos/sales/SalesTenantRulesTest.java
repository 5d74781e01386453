package uz.ksb.pos.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aCompletion;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.aTill;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.TenantRules;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.sales.sale.domain.content.Flag;

/** The endpoints of sales-service with tokens that must not open them. */
@QuarkusTest
class SalesTenantRulesTest extends TenantRules {
    private static final String AT = "2011-11-14T08:10:00+05:00";
    private static final String BATCH = "POST /api/sales/batch";
    private static final String REPORT = "PUT /api/tills/me";

    private final String ours = anEnterprise();
    private final String theirs = anEnterprise();
    private final Map<String, String> ids = new HashMap<>();

    @Test
    void theOpenApiListsTheFlags() {
        String document = RestAssured.get("/q/openapi?format=json").asString();
        for (Flag flag : Flag.values()) {
            assertThat(document).contains("\"" + flag.text() + "\"");
        }
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
    protected String tillToken(String status) throws Exception {
        if (!status.equals("UNKNOWN")) {
            aTill(ours, status);
        } else {
            execute("delete from devices where ksb_id = '" + ours + "'");
        }
        return Tokens.of(ours, Role.ADMIN).with("aud", Claims.DEVICE_AUDIENCE).sign();
    }

    @Override
    protected int answerToTill(String status, String endpoint) {
        return switch (endpoint) {
            case BATCH -> status.equals("APPROVED") || status.equals("BLOCKED") ? 200 : 403;
            case REPORT -> status.equals("APPROVED") ? 200 : 403;
            default -> 401;
        };
    }

    /** Their user's till is not known there. */
    @Override
    protected int answerToForeigner(String endpoint) {
        return endpoint.equals(REPORT) ? 403 : 0;
    }

    @Override
    protected boolean makesTheirOwn(String endpoint) {
        return endpoint.equals("PUT /api/sales/{id}");
    }

    @Override
    protected List<String> secrets(String endpoint) {
        List<String> secrets = new ArrayList<>(ids.values());
        secrets.remove(makesTheirOwn(endpoint) ? ours(endpoint, "id") : null);
        return secrets;
    }

    /** The aggregators add up at any time. */
    @Override
    protected Set<String> restless() {
        return Set.of(
                "total_changes",
                "day_totals",
                "enterprise_totals",
                "enterprises",
                "sold_stock_changes",
                "sold_stock_sums",
                "copy_comparisons");
    }

    @Override
    protected String parameters(String endpoint) {
        return switch (endpoint) {
            case "GET /api/sales/missing" -> "?device=1";
            case "GET /api/charts/sales" -> "?period=day&date=2011-11-14";
            case "GET /api/reconciliation", "GET /api/reconciliation/csv" -> "?date=2011-11-14";
            case "GET /api/totals" -> "?date=2011-11-14";
            case "DELETE /api/sales/unreadable/{id}" -> "?reason=a+test";
            default -> "";
        };
    }

    @Override
    protected Object body(String endpoint) {
        List<Map<String, Object>> paid = List.of(aPayment("CASH", "30000"));
        return switch (endpoint) {
            case "PUT /api/sales/{id}" -> aSale(UUID.fromString(ids.get("open")));
            case "POST /api/sales/{id}/completion" -> aCompletion(1, "30000", paid);
            case "POST /api/sales/{id}/returns" ->
                Map.of("id", anId(), "lines", List.of(Map.of("lineId", "l-p1", "quantity", "1")));
            case "POST /api/sales/{id}/restoration",
                    "POST /api/sales/{id}/delivery",
                    "POST /api/sales/{id}/delivery/repetition",
                    "POST /api/sales/deliveries" -> "{}";
            case "POST /api/sales/{id}/delivery/closure" -> Map.of("reason", "a test");
            case "DELETE /api/sales/{id}", "DELETE /api/sales/unreadable/{id}" -> null;
            case REPORT -> Map.of("unsent", 0);
            case "POST /api/tills/{deviceId}/settlement" -> Map.of("as", "closed", "reason", "a test");
            case BATCH -> List.of(aFinishedSale(anId(), AT));
            case "POST /api/sales/conflicts/{id}/resolution", "POST /api/sales/held/{id}/resolution" ->
                Map.of("as", "dismissed", "reason", "a test");
            case "POST /api/customers" -> Map.of("id", anId(), "name", "Vali");
            case "PATCH /api/customers/{id}" -> Map.of("name", "Vali");
            case "POST /api/customers/{id}/payments" -> Map.of("id", anId(), "kind", "CASH", "amount", "1");
            default -> noBody(endpoint);
        };
    }

    @Override
    protected String ours(String endpoint, String parameter) {
        return Stream.of(
                        "tills/{deviceId}",
                        "conflicts/{id}",
                        "held/{id}",
                        "unreadable/{id}",
                        "customers/{id}",
                        "/restoration",
                        "/completion")
                .filter(endpoint::contains)
                .findFirst()
                .map(ids::get)
                .orElse(ids.get(endpoint.startsWith("PUT") || endpoint.startsWith("DELETE") ? "open" : "finished"));
    }

    @Override
    protected void givenSomethingEverywhere() throws Exception {
        ids.put("finished", aCompletedSale(ours).toString());
        for (String open : List.of("open", "/completion", "/restoration")) {
            ids.put(open, anId().toString());
            put(ours, aSale(UUID.fromString(ids.get(open)))).statusCode(200);
        }
        as(ours, Role.CASHIER)
                .delete("/api/sales/" + ids.get("/restoration"))
                .then()
                .statusCode(204);
        UUID twice = anId();
        batch(ours, List.of(aFinishedSale(twice, AT), aFinishedSale(twice, "2011-11-14T09:10:00+05:00")))
                .statusCode(200);
        batch(ours, "[7]").statusCode(200);
        UUID held = anId();
        aTill(ours, "BLOCKED");
        batch(ours, List.of(aFinishedSale(held, AT))).statusCode(200);
        aTill(ours, "APPROVED");
        ids.put("held/{id}", held.toString());
        ids.put("conflicts/{id}", idOf("sale_conflicts"));
        ids.put("unreadable/{id}", idOf("unreadable_sales"));
        ids.put("tills/{deviceId}", Tokens.deviceOf(ours).toString());
        as(ours, Role.CASHIER)
                .body(Map.of("unsent", 0))
                .put("/api/tills/me")
                .then()
                .statusCode(200);
        ids.put("customers/{id}", anId().toString());
        as(ours, Role.CASHIER)
                .body(Map.of("id", ids.get("customers/{id}"), "name", "Ali"))
                .post("/api/customers")
                .then()
                .statusCode(201);
    }

    private String idOf(String table) throws Exception {
        return query("select id from " + table + " where ksb_id = '" + ours + "'")
                .toString();
    }
}
