package uz.ksb.pos.sales.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aCompletion;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aLine;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.complete;
import static uz.ksb.pos.sales.SaleFixture.decimal;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.totals;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;

@QuarkusTest
class ReturnsApiTest {
    private final String ksbId = anEnterprise();

    @Test
    void returningEverythingInPartsGivesBackExactlyWhatWasPaid() {
        UUID sold = anId();
        Map<String, Object> sale = aSale(sold);
        sale.put("lines", List.of(aLine("p", "33.33", "3"), aLine("q", "10", "1")));
        sale.put("discount", Map.of("amount", "10"));
        put(ksbId, sale).statusCode(200).body("total", equalTo("99.99"));
        complete(ksbId, sold, aCompletion(1, "99.99", List.of(aPayment("CASH", "99.99"))))
                .statusCode(200);
        BigDecimal back = BigDecimal.ZERO;
        for (String quantity : List.of("1", "1.5", "0.5")) {
            back = back.add(new BigDecimal(takeBack(sold, anId(), "l-p", quantity)
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getString("total")));
        }
        back = back.add(new BigDecimal(takeBack(sold, anId(), "l-q", "1")
                .statusCode(200)
                .extract()
                .jsonPath()
                .getString("total")));
        assertThat(back).isEqualByComparingTo("99.99");
        takeBack(sold, anId(), "l-p", "0.001").statusCode(422).body("violations.field", hasItem("lines[0].quantity"));
        var totals = totals(ksbId, null);
        assertThat(decimal(totals, "net")).isEqualByComparingTo("0");
        assertThat(decimal(totals, "cash")).isEqualByComparingTo("0");
        assertThat(totals.getInt("returnsCount")).isEqualTo(4);
    }

    @Test
    void returnsAtTheSameMomentNeverExceedWhatWasSold() throws Exception {
        UUID sold = aCompletedSale(ksbId);
        List<Integer> statuses =
                atOnce(8, i -> takeBack(sold, anId(), "l-p1", "1").extract().statusCode());
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(2);
        assertThat(statuses).filteredOn(status -> status == 422).hasSize(6);
        assertThat(decimal(totals(ksbId, null), "returns")).isEqualByComparingTo("20000");
    }

    @Test
    void theSameReturnOnceMoreAnswersAsTheFirstTime() {
        UUID sold = aCompletedSale(ksbId);
        UUID back = anId();
        takeBack(sold, back, "l-p1", "2").statusCode(200);
        takeBack(sold, back, "l-p1", "2.0").statusCode(200).body("returnOf", equalTo(sold.toString()));
        takeBack(sold, back, "l-p1", "1").statusCode(409);
        assertThat(totals(ksbId, null).getInt("returnsCount")).isEqualTo(1);
    }

    @Test
    void cashRoundingComesBackWithTheWholeReceipt() {
        UUID sold = anId();
        Map<String, Object> sale = aSale(sold);
        sale.put("lines", List.of(aLine("p", "8972.26", "1")));
        put(ksbId, sale).statusCode(200);
        Map<String, Object> completion = aCompletion(1, "8972.26", List.of(aPayment("CASH", "9000")));
        completion.put("rounding", "27.74");
        complete(ksbId, sold, completion).statusCode(200);
        takeBack(sold, anId(), "l-p", "1").statusCode(200).body("paid", equalTo("9000.00"));
        assertThat(decimal(totals(ksbId, null), "cash")).isEqualByComparingTo("0");
    }

    @Test
    void anOfflineReturnThatExceedsOrNamesAnUnknownReceiptIsFlagged() {
        UUID sold = aCompletedSale(ksbId);
        Map<String, Object> tooMuch = aFinishedSale(anId(), "2026-11-01T10:00:00Z");
        tooMuch.put("kind", "RETURN");
        tooMuch.put("returnOf", sold);
        Map<String, Object> line = aLine("p1", "10000", "3");
        line.put("returnOfLine", "l-p1");
        tooMuch.put("lines", List.of(line));
        Map<String, Object> unknown = aFinishedSale(anId(), "2026-11-01T10:00:00Z");
        unknown.put("kind", "RETURN");
        unknown.put("returnOf", anId());
        batch(ksbId, List.of(tooMuch, unknown)).statusCode(200);
        as(ksbId, Role.CASHIER).get("/api/sales/" + tooMuch.get("id")).then().body("flags", hasItem("return"));
        as(ksbId, Role.CASHIER).get("/api/sales/" + unknown.get("id")).then().body("flags", hasItem("unknown-return"));
    }

    @Test
    void anOfflineReturnIsReplayedWhateverCameBackSince() {
        UUID sold = aCompletedSale(ksbId);
        Map<String, Object> back = anOfflineReturn(sold, "1");
        batch(ksbId, List.of(back, back)).body("result", contains("created", "replayed"));
        takeBack(sold, anId(), "l-p1", "1").statusCode(200);
        takeBack(sold, anId(), "l-p2", "2").statusCode(200);
        batch(ksbId, List.of(back)).body("result", contains("replayed"));
        Map<String, Object> other = anOfflineReturn(sold, "0.5");
        other.put("id", back.get("id"));
        batch(ksbId, List.of(other)).body("result", contains("conflict"));
        assertThat(decimal(totals(ksbId, null), "net").add(decimal(totals(ksbId, "2026-11-01"), "net")))
                .isEqualByComparingTo("0");
    }

    @Test
    void aReturnInABatchSeesTheStoredOnesThatTheBatchRepeats() {
        UUID sold = aCompletedSale(ksbId);
        Map<String, Object> first = anOfflineReturn(sold, "2");
        batch(ksbId, List.of(first)).body("result", contains("created"));
        Map<String, Object> second = anOfflineReturn(sold, "1");
        batch(ksbId, List.of(second, first)).body("result", contains("created", "replayed"));
        as(ksbId, Role.CASHIER).get("/api/sales/" + second.get("id")).then().body("flags", hasItem("return"));
    }

    private static Map<String, Object> anOfflineReturn(UUID sold, String quantity) {
        Map<String, Object> back = aFinishedSale(anId(), "2026-11-01T10:00:00Z");
        back.put("kind", "RETURN");
        back.put("returnOf", sold);
        back.remove("payments");
        Map<String, Object> line = aLine("p1", "10000", quantity);
        line.put("returnOfLine", "l-p1");
        back.put("lines", List.of(line));
        return back;
    }

    @Test
    void aReturnWithoutReceiptNeedsAManager() {
        Map<String, Object> sale = aSale(anId());
        sale.put("kind", "RETURN");
        put(ksbId, sale).statusCode(422).body("violations.field", hasItem("kind"));
        as(ksbId, Role.MANAGER)
                .body(sale)
                .put("/api/sales/" + sale.get("id"))
                .then()
                .statusCode(200);
    }

    private ValidatableResponse takeBack(UUID sold, UUID id, String line, String quantity) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("id", id);
        asked.put("lines", List.of(Map.of("lineId", line, "quantity", quantity)));
        return as(ksbId, Role.CASHIER)
                .body(asked)
                .post("/api/sales/" + sold + "/returns")
                .then();
    }
}
