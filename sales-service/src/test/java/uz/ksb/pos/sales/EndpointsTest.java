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
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.sales.sale.domain.content.Flag;

/** Every endpoint that the OpenAPI names, with tokens that must not open it. A new endpoint needs an example here. */
@QuarkusTest
class EndpointsTest {
    private static final String AT = "2011-11-14T08:10:00+05:00";
    private static final String BATCH = "POST /api/sales/batch";

    private final String ours = anEnterprise();
    private final String theirs = anEnterprise();

    @TestFactory
    Stream<DynamicTest> anotherEnterprisesAdminNeitherSeesNorChangesAnything() throws Exception {
        Map<String, String> ids = givenSomethingEverywhere();
        return endpoints().stream()
                .map(endpoint -> DynamicTest.dynamicTest(endpoint, () -> assertForeign(endpoint, ids)));
    }

    private void assertForeign(String endpoint, Map<String, String> ids) throws Exception {
        Object before = everythingOfOurs();
        boolean makesTheirOwn = endpoint.equals("PUT /api/sales/{id}");
        Response answer = call(as(theirs, Role.ADMIN), endpoint, ids);
        if (endpoint.contains("{id}") && !makesTheirOwn) {
            assertThat(answer.statusCode()).isEqualTo(404);
        } else {
            assertThat(answer.statusCode()).isLessThan(300);
            List<String> ourIds = new ArrayList<>(ids.values());
            ourIds.remove(makesTheirOwn ? idFor(endpoint, ids) : null);
            assertThat(answer.asString()).doesNotContain(ourIds.toArray(String[]::new));
        }
        assertThat(everythingOfOurs()).isEqualTo(before);
    }

    @TestFactory
    Stream<DynamicTest> aDeviceTokenOpensTheBatchAndNothingElse() throws Exception {
        Map<String, String> ids = givenSomethingEverywhere();
        return Stream.of("UNKNOWN", "PENDING", "APPROVED", "BLOCKED").flatMap(status -> endpoints().stream()
                .map(endpoint ->
                        DynamicTest.dynamicTest(status + " " + endpoint, () -> assertDevice(status, endpoint, ids))));
    }

    private void assertDevice(String status, String endpoint, Map<String, String> ids) throws Exception {
        if (!status.equals("UNKNOWN")) {
            aTill(ours, status);
        } else {
            SaleFixture.execute("delete from devices where ksb_id = '" + ours + "'");
        }
        String token =
                Tokens.of(ours, Role.ADMIN).with("aud", Claims.DEVICE_AUDIENCE).sign();
        assertThat(call(json().auth().oauth2(token), endpoint, ids).statusCode())
                .as("as a user's token")
                .isEqualTo(401);
        int expected =
                !endpoint.equals(BATCH) ? 401 : status.equals("APPROVED") || status.equals("BLOCKED") ? 200 : 403;
        assertThat(call(json().header("X-Device-Token", token), endpoint, ids).statusCode())
                .as("as a device's token")
                .isEqualTo(expected);
    }

    @TestFactory
    Stream<DynamicTest> nobodyIsLetInWithoutAToken() throws Exception {
        Map<String, String> ids = givenSomethingEverywhere();
        return endpoints().stream()
                .map(endpoint -> DynamicTest.dynamicTest(
                        endpoint, () -> assertThat(call(json(), endpoint, ids).statusCode())
                                .isEqualTo(401)));
    }

    @Test
    void theOpenApiListsTheFlags() {
        String document = RestAssured.get("/q/openapi?format=json").asString();
        for (Flag flag : Flag.values()) {
            assertThat(document).contains("\"" + flag.text() + "\"");
        }
    }

    private static List<String> endpoints() {
        Map<String, Map<String, Object>> paths =
                RestAssured.get("/q/openapi?format=json").jsonPath().getMap("paths");
        return paths.entrySet().stream()
                .filter(path -> path.getKey().startsWith("/api/"))
                .flatMap(path -> path.getValue().keySet().stream()
                        .filter(method ->
                                List.of("get", "put", "post", "patch", "delete").contains(method))
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .sorted()
                .toList();
    }

    private static RequestSpecification json() {
        return RestAssured.given().contentType("application/json");
    }

    private static Response call(RequestSpecification as, String endpoint, Map<String, String> ids) {
        String method = endpoint.substring(0, endpoint.indexOf(' '));
        String path = endpoint.substring(endpoint.indexOf(' ') + 1);
        Object body = bodyOf(endpoint, ids);
        RequestSpecification request = body == null ? as : as.body(body);
        return path.contains("{id}")
                ? request.request(method, path + parametersOf(endpoint), idFor(endpoint, ids))
                : request.request(method, path + parametersOf(endpoint));
    }

    private static String parametersOf(String endpoint) {
        return switch (endpoint) {
            case "GET /api/sales/missing" -> "?device=1";
            case "GET /api/charts/sales" -> "?period=day&date=2011-11-14";
            case "GET /api/totals" -> "?date=2011-11-14";
            case "DELETE /api/sales/unreadable/{id}" -> "?reason=a+test";
            default -> "";
        };
    }

    /** A good one: only the token is wrong. */
    private static Object bodyOf(String endpoint, Map<String, String> ids) {
        List<Map<String, Object>> paid = List.of(aPayment("CASH", "30000"));
        return switch (endpoint) {
            case "PUT /api/sales/{id}" -> aSale(UUID.fromString(ids.get("open")));
            case "POST /api/sales/{id}/completion" -> aCompletion(1, "30000", paid);
            case "POST /api/sales/{id}/returns" ->
                Map.of("id", anId(), "lines", List.of(Map.of("lineId", "l-p1", "quantity", "1")));
            case "POST /api/sales/{id}/restoration", "POST /api/sales/{id}/delivery", "POST /api/sales/deliveries" ->
                "{}";
            case "POST /api/sales/{id}/delivery/closure" -> Map.of("reason", "a test");
            case "DELETE /api/sales/{id}", "DELETE /api/sales/unreadable/{id}" -> null;
            case BATCH -> List.of(aFinishedSale(anId(), AT));
            case "POST /api/sales/conflicts/{id}/resolution", "POST /api/sales/held/{id}/resolution" ->
                Map.of("as", "dismissed", "reason", "a test");
            case "POST /api/customers" -> Map.of("id", anId(), "name", "Vali");
            case "PATCH /api/customers/{id}" -> Map.of("name", "Vali");
            case "POST /api/customers/{id}/payments" -> Map.of("id", anId(), "kind", "CASH", "amount", "1");
            default -> {
                assertThat(endpoint)
                        .as("an endpoint with an example")
                        .startsWith("GET ")
                        .satisfiesAnyOf(one -> assertThat(one).doesNotContain("{"), one -> assertThat(idFor(one, ids))
                                .isNotNull());
                yield null;
            }
        };
    }

    private static String idFor(String endpoint, Map<String, String> ids) {
        return Stream.of(
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

    private static Object everythingOfOurs(String ksbId) throws Exception {
        StringBuilder rows = new StringBuilder();
        for (String table : List.of(
                "sales",
                "sale_conflicts",
                "held_resolutions",
                "unreadable_sales",
                "customers",
                "customer_movements",
                "customer_balances")) {
            rows.append(rows.isEmpty() ? "" : " union all ")
                    .append("select t::text as row from ")
                    .append(table)
                    .append(" t where ksb_id = '")
                    .append(ksbId)
                    .append("'");
        }
        return query("select count(*) || md5(string_agg(row, '' order by row)) from (" + rows + ") all_rows");
    }

    private Object everythingOfOurs() throws Exception {
        return everythingOfOurs(ours);
    }

    private Map<String, String> givenSomethingEverywhere() throws Exception {
        Map<String, String> ids = new HashMap<>();
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
        ids.put("customers/{id}", anId().toString());
        as(ours, Role.CASHIER)
                .body(Map.of("id", ids.get("customers/{id}"), "name", "Ali"))
                .post("/api/customers")
                .then()
                .statusCode(201);
        return ids;
    }

    private String idOf(String table) throws Exception {
        return query("select id from " + table + " where ksb_id = '" + ours + "'")
                .toString();
    }
}
