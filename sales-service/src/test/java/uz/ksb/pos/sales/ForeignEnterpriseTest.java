package uz.ksb.pos.sales;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;

import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

/** Every endpoint with the token of another enterprise's ADMIN: it neither sees nor changes anything of ours. */
@QuarkusTest
class ForeignEnterpriseTest {
    private static final String AT = "2011-11-14T08:10:00+05:00";

    private final String ours = anEnterprise();
    private final String theirs = anEnterprise();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/sales",
                "/api/sales/trash",
                "/api/sales/conflicts",
                "/api/sales/unreadable",
                "/api/customers",
            })
    void listsShowNothing(String list) {
        givenSomethingEverywhere();
        as(ours, Role.ADMIN)
                .get(list)
                .then()
                .statusCode(200)
                .body("items.size()", org.hamcrest.Matchers.greaterThan(0));
        as(theirs, Role.ADMIN).get(list).then().statusCode(200).body("items", empty());
    }

    @Test
    void figuresAndGapsAreTheirOwn() {
        givenSomethingEverywhere();
        as(theirs, Role.ADMIN)
                .get("/api/sales/missing?device=" + Tokens.deviceOf(ours))
                .then()
                .statusCode(200)
                .body("missing", empty());
        as(theirs, Role.ADMIN).get("/api/customers/count").then().body("count", is(0));
        as(theirs, Role.ADMIN)
                .get("/api/totals?date=2011-11-14")
                .then()
                .statusCode(200)
                .body("count", is(0))
                .body("notDelivered", is(0))
                .body("toReview", is(0));
        as(theirs, Role.ADMIN)
                .get("/api/charts/sales?period=day&date=2011-11-14")
                .then()
                .statusCode(200)
                .body("points.count", everyItem(is(0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/sales/{id}",
                "DELETE /api/sales/{id}",
                "POST /api/sales/{id}/completion",
                "POST /api/sales/{id}/restoration",
                "POST /api/sales/{id}/returns",
                "POST /api/sales/{id}/delivery",
                "POST /api/sales/{id}/delivery/closure",
            })
    void aSaleIsNotThereForThem(String call) throws Exception {
        UUID sale = aCompletedSale(ours);
        String before = (String) query("select sales::text from sales where id = '" + sale + "'");
        as(theirs, Role.ADMIN)
                .body(bodyOf(call))
                .request(call.split(" ")[0], call.split(" ")[1], sale)
                .then()
                .statusCode(404);
        assertThat(query("select sales::text from sales where id = '" + sale + "'"))
                .isEqualTo(before);
    }

    /** A good one: only the enterprise is wrong. */
    private static Map<String, Object> bodyOf(String call) {
        List<Map<String, Object>> paid = List.of(SaleFixture.aPayment("CASH", "30000"));
        return switch (call.substring(call.indexOf("{id}") + 4)) {
            case "/completion" -> Map.of("revision", 2, "total", "30000", "payments", paid);
            case "/returns" ->
                Map.of("id", anId(), "lines", List.of(Map.of("lineId", "l-p1", "quantity", "1")), "payments", paid);
            case "/delivery/closure" -> Map.of("reason", "a test");
            default -> Map.of();
        };
    }

    @Test
    void whatTheyWriteUnderOurIdsIsTheirs() throws Exception {
        UUID open = anId();
        put(ours, aSale(open)).statusCode(200);
        put(theirs, aSale(open)).statusCode(200).body("revision", is(1));
        UUID finished = anId();
        batch(ours, List.of(aFinishedSale(finished, AT))).statusCode(200);
        batch(theirs, List.of(aFinishedSale(finished, AT)))
                .statusCode(200)
                .body("result", org.hamcrest.Matchers.contains("created"));
        assertThat(query("select count(distinct ksb_id) from sales where id = '" + finished + "'"))
                .isEqualTo(2L);
        as(theirs, Role.ADMIN)
                .body("{}")
                .post("/api/sales/deliveries")
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    private void givenSomethingEverywhere() {
        UUID trashed = anId();
        put(ours, aSale(trashed)).statusCode(200);
        as(ours, Role.CASHIER).delete("/api/sales/" + trashed).then().statusCode(204);
        UUID twice = anId();
        Map<String, Object> sale = aFinishedSale(twice, AT);
        sale.put("deviceSequence", 3);
        batch(ours, List.of(sale, aFinishedSale(twice, "2011-11-14T09:10:00+05:00")))
                .statusCode(200);
        batch(ours, "[7]").statusCode(200);
        as(ours, Role.CASHIER)
                .body(Map.of("id", anId(), "name", "Ali"))
                .post("/api/customers")
                .then()
                .statusCode(201);
    }
}
