package uz.ksb.pos.sales.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aCompletion;
import static uz.ksb.pos.sales.SaleFixture.aLine;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aRate;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.complete;
import static uz.ksb.pos.sales.SaleFixture.decimal;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;
import static uz.ksb.pos.sales.SaleFixture.with;

import io.quarkus.test.junit.QuarkusTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;

@QuarkusTest
class OpenSaleApiTest {
    private final String ksbId = anEnterprise();
    private final UUID id = anId();

    @Test
    void aCursorThatIsNotOfThisListIsRefusedByItsField() {
        String forged = java.util.Base64.getUrlEncoder()
                .encodeToString("yesterday\u0000nobody".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        for (String list : java.util.List.of("/api/sales", "/api/customers", "/api/sales/conflicts")) {
            as(ksbId, Role.ADMIN)
                    .get(list + "?after=" + forged)
                    .then()
                    .statusCode(400)
                    .body("violations[0].field", equalTo("after"));
        }
    }

    @Test
    void anOpenSaleIsAnsweredWithItsSumsAndNoDelivery() {
        put(ksbId, aSale(id))
                .statusCode(200)
                .body("status", equalTo("OPEN"))
                .body("revision", equalTo(1))
                .body("total", equalTo("30000.00"))
                .body("lines[0].sum", equalTo("20000.00"))
                .body("lines[0].discount", equalTo("0.00"))
                .body("deliveryStatus", nullValue());
    }

    @Test
    void aPutRepeatedAfterALostAnswerIsAnsweredAsBefore() throws Exception {
        put(ksbId, aSale(id)).statusCode(200);
        put(ksbId, aSale(id)).statusCode(200).body("revision", equalTo(1));
        Map<String, Object> seen = aSale(id);
        seen.put("revision", 1);
        put(ksbId, seen).statusCode(200).body("revision", equalTo(1));
        assertThat(query("select count(*) from sales where ksb_id = '" + ksbId + "'"))
                .isEqualTo(1L);
    }

    @Test
    void takeToTheTopIsAPutWithOneMoreLine() {
        put(ksbId, aSale(id)).statusCode(200);
        Map<String, Object> next = aSale(id);
        next.put("revision", 1);
        lines(next).add(aLine("p3", "0.0001", "0.001"));
        put(ksbId, next).statusCode(200).body("revision", equalTo(2)).body("lines.size()", equalTo(3));
        eventually(() -> assertThat(eventTypes(id)).containsExactly("sale.opened", "sale.updated"));
    }

    @Test
    void ofTwoWindowsThatSawTheSameRevisionOneIsToldTheCurrentSale() throws Exception {
        put(ksbId, aSale(id)).statusCode(200);
        List<Integer> statuses = atOnce(2, window -> {
            Map<String, Object> next = aSale(id);
            next.put("revision", 1);
            lines(next).add(aLine("w" + window, "1", "1"));
            var answer = put(ksbId, next).extract();
            if (answer.statusCode() == 409) {
                assertThat(answer.jsonPath().getInt("current.revision")).isEqualTo(2);
                assertThat(answer.jsonPath().getList("current.lines")).hasSize(3);
            }
            return answer.statusCode();
        });
        assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    }

    @Test
    void aWriterWhoseSaleWasCleanedUpKeepsIt() {
        Map<String, Object> sale = aSale(id);
        sale.put("revision", 4);
        put(ksbId, sale).statusCode(200).body("revision", equalTo(5));
    }

    @Test
    void aCompletedSaleHasNumberBusinessDayAndWaitsForItsDelivery() throws Exception {
        put(ksbId, aSale(id)).statusCode(200);
        Map<String, Object> completion =
                aCompletion(1, "30000", List.of(aPayment("CARD", "10000"), aPayment("CASH", "25000")));
        completion.put("deviceSequence", 127);
        java.time.ZonedDateTime now = java.time.ZonedDateTime.now(java.time.ZoneId.of("Asia/Tashkent"))
                .truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        String today = now.toLocalDate().toString();
        completion.put("completedAt", "2026-11-01T18:59:59.999Z");
        complete(ksbId, id, completion).statusCode(422).body("violations.field", hasItem("completedAt"));
        completion.put("completedAt", now.toOffsetDateTime().toString());
        complete(ksbId, id, completion)
                .statusCode(200)
                .body("status", equalTo("COMPLETED"))
                .body("number", equalTo("1-000127"))
                .body("paid", equalTo("35000.00"))
                .body("change", equalTo("5000.00"))
                .body("businessDate", equalTo(today))
                .body("deliveryStatus", equalTo("NOT_DELIVERED"))
                .body("cashier", equalTo("cashier"));
        complete(ksbId, id, completion).statusCode(200).body("status", equalTo("COMPLETED"));
        completion.put("payments", List.of(aPayment("CASH", "30000")));
        complete(ksbId, id, completion).statusCode(409).body("current.status", equalTo("COMPLETED"));
        var totals = uz.ksb.pos.sales.SaleFixture.totals(ksbId, today);
        assertThat(totals.getInt("count")).isEqualTo(1);
        assertThat(decimal(totals, "gross")).isEqualByComparingTo("30000");
        assertThat(decimal(totals, "cash")).isEqualByComparingTo("20000");
        assertThat(decimal(totals, "card")).isEqualByComparingTo("10000");
        assertThat(totals.getInt("notDelivered")).isEqualTo(1);
        assertThat(totals.getInt("hours[0].hour")).isEqualTo(now.getHour());
        eventually(() -> assertThat(eventTypes(id)).containsExactly("sale.opened", "sale.completed"));
    }

    @Test
    void aCompletionWithAnotherTotalOrRevisionIsAConflict() {
        put(ksbId, aSale(id)).statusCode(200);
        complete(ksbId, id, aCompletion(1, "29999", List.of(aPayment("CASH", "30000"))))
                .statusCode(409)
                .body("type", equalTo("/problems/total"))
                .body("current.total", equalTo("30000.00"));
        complete(ksbId, id, aCompletion(2, "30000", List.of(aPayment("CASH", "30000"))))
                .statusCode(409)
                .body("type", equalTo("/problems/revision"));
    }

    @Test
    void twoTillsCompletingTheSameSaleFinishItOnce() throws Exception {
        put(ksbId, aSale(id)).statusCode(200);
        List<Integer> statuses = atOnce(4, till -> complete(
                        ksbId, id, aCompletion(1, "30000", List.of(aPayment("CASH", Integer.toString(30000 + till)))))
                .extract()
                .statusCode());
        assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
        assertThat(uz.ksb.pos.sales.SaleFixture.totals(ksbId, null).getInt("count"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "price, -1, lines[0].price",
        "price, 1.00001, lines[0].price",
        "quantity, 0, lines[0].quantity",
        "quantity, -2, lines[0].quantity",
        "quantity, 1.0001, lines[0].quantity",
    })
    void aBadFigureIsRefusedByItsFieldAndNothingIsStored(String field, String value, String named) throws Exception {
        Map<String, Object> sale = aSale(id);
        lines(sale).getFirst().put(field, value);
        put(ksbId, sale).statusCode(422).body("violations.field", hasItem(named));
        assertThat(query("select count(*) from sales where id = '" + id + "'")).isEqualTo(0L);
    }

    @ParameterizedTest
    @CsvSource({"1e999999999", "1e-999999999", "999999999999999999999999999", "NaN", "''"})
    void aFigureThatIsNoAmountIsRefused(String value) {
        Map<String, Object> sale = aSale(id);
        lines(sale).getFirst().put("price", value);
        put(ksbId, sale).statusCode(400);
    }

    @Test
    void whatIsPaidMustBeWhatIsDue() {
        put(ksbId, aSale(id)).statusCode(200);
        complete(ksbId, id, aCompletion(1, "30000", List.of(aPayment("CASH", "29999.99"))))
                .statusCode(422)
                .body("violations.field", hasItem("payments"));
        complete(ksbId, id, aCompletion(1, "30000", List.of(aPayment("CARD", "30000.01"))))
                .statusCode(422);
        complete(ksbId, id, aCompletion(1, "30000", List.of(aPayment("DEBT", "30000"))))
                .statusCode(422)
                .body("violations.field", hasItem("customerId"));
    }

    @Test
    void anotherCurrencyNeedsARateAndHasToBeMoney() throws Exception {
        Map<String, Object> sale = aSale(id);
        sale.put("currency", "USD");
        put(ksbId, sale).statusCode(422).body("violations.field", hasItem("rate"));
        aRate(ksbId, "USD", "12650");
        sale.put("rate", "0");
        put(ksbId, sale).statusCode(422).body("violations.field", hasItem("rate"));
        sale.put("rate", "12650");
        sale.put("currency", "XXX");
        put(ksbId, sale).statusCode(422).body("violations.field", hasItem("currency"));
        sale.put("currency", "dollars");
        put(ksbId, sale).statusCode(400).body("violations.field", hasItem("currency"));
        assertThat(query("select count(*) from sales where id = '" + id + "'")).isEqualTo(0L);
        put(ksbId, aSale(id)).statusCode(200);
        Map<String, Object> payment = aPayment("CASH", "30000");
        payment.put("currency", "XTS");
        payment.put("rate", "1");
        complete(ksbId, id, aCompletion(1, "30000", List.of(payment)))
                .statusCode(422)
                .body("violations.field", hasItem("payments[0].currency"));
        assertThat(query("select status from sales where id = '" + id + "'")).isEqualTo("OPEN");
    }

    @Test
    void theCustomerOfAnotherEnterpriseIsRefused() throws Exception {
        String other = anEnterprise();
        UUID customer = anId();
        as(other, Role.CASHIER)
                .body(Map.of("id", customer, "name", "Ali", "phone", "+998"))
                .post("/api/customers")
                .then()
                .statusCode(201);
        Map<String, Object> sale = aSale(id);
        sale.put("customerId", customer);
        put(ksbId, sale).statusCode(422).body("violations.field", hasItem("customerId"));
        assertThat(query("select count(*) from sales where id = '" + id + "'")).isEqualTo(0L);
    }

    @Test
    void discountAndPriceAreBoundByTheCashiersRights() {
        String token = Tokens.of(ksbId, Role.CASHIER)
                .maxDiscount(new BigDecimal("5"))
                .with("may_change_price", "false")
                .sign();
        Map<String, Object> sale = aSale(id);
        sale.put("discount", Map.of("percent", "5.01"));
        with(token)
                .body(sale)
                .put("/api/sales/" + id)
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("discount"));
        sale.put("discount", Map.of("percent", "5"));
        with(token).body(sale).put("/api/sales/" + id).then().statusCode(200).body("total", equalTo("28500.00"));
        sale.remove("discount");
        sale.put("revision", 1);
        lines(sale).getFirst().put("basePrice", "10001");
        with(token)
                .body(sale)
                .put("/api/sales/" + id)
                .then()
                .statusCode(422)
                .body("violations.field", hasItem("lines[0].price"));
    }

    @Test
    void whatIsDueInCashMayBeRounded() {
        Map<String, Object> sale = aSale(id);
        sale.put("lines", List.of(aLine("p", "8972.26", "1")));
        put(ksbId, sale).statusCode(200);
        Map<String, Object> completion = aCompletion(1, "8972.26", List.of(aPayment("CASH", "9000")));
        completion.put("rounding", "27.73");
        complete(ksbId, id, completion).statusCode(422).body("violations.field", hasItem("rounding"));
        completion.put("rounding", "27.74");
        complete(ksbId, id, completion).statusCode(200).body("change", equalTo("0.00"));
        var totals = uz.ksb.pos.sales.SaleFixture.totals(ksbId, null);
        assertThat(decimal(totals, "rounding")).isEqualByComparingTo("27.74");
        assertThat(decimal(totals, "cash")).isEqualByComparingTo("9000");
    }

    @Test
    void aSaleInDollarsPaidInTwoCurrenciesIsCountedInTheMainOne() {
        aRate(ksbId, "USD", "12650.5");
        Map<String, Object> sale = aSale(id);
        sale.put("currency", "USD");
        sale.put("rate", "12650.5");
        sale.put("lines", List.of(aLine("p", "10", "1")));
        put(ksbId, sale).statusCode(200);
        Map<String, Object> dollars = aPayment("CARD", "5");
        dollars.put("currency", "USD");
        complete(ksbId, id, aCompletion(1, "10", List.of(dollars, aPayment("CASH", "63252.5"))))
                .statusCode(200);
        var totals = uz.ksb.pos.sales.SaleFixture.totals(ksbId, null);
        assertThat(decimal(totals, "gross")).isEqualByComparingTo("126505");
        assertThat(decimal(totals, "cash")).isEqualByComparingTo("63252.5");
        assertThat(decimal(totals, "card")).isEqualByComparingTo("63252.5");
        assertThat(decimal(totals, "byCurrency.find { it.currency == 'USD' }.card"))
                .isEqualByComparingTo("5");
        assertThat(decimal(totals, "byCurrency.find { it.currency == 'UZS' }.cash"))
                .isEqualByComparingTo("63252.5");
    }

    @Test
    void aTrashedSaleCanBeBroughtBack() {
        put(ksbId, aSale(id)).statusCode(200);
        as(ksbId, Role.CASHIER).delete("/api/sales/" + id).then().statusCode(204);
        as(ksbId, Role.CASHIER).delete("/api/sales/" + id).then().statusCode(204);
        as(ksbId, Role.CASHIER).get("/api/sales/trash").then().body("items.id", hasItem(id.toString()));
        as(ksbId, Role.CASHIER).get("/api/sales").then().body("items.size()", equalTo(0));
        Map<String, Object> sale = aSale(id);
        sale.put("revision", 2);
        sale.put("comment", "other");
        put(ksbId, sale).statusCode(409).body("current.status", equalTo("TRASHED"));
        as(ksbId, Role.CASHIER)
                .post("/api/sales/" + id + "/restoration")
                .then()
                .statusCode(200)
                .body("status", equalTo("OPEN"))
                .body("revision", equalTo(3));
        as(ksbId, Role.CASHIER)
                .delete("/api/sales/" + aCompletedSale(ksbId))
                .then()
                .statusCode(409);
    }

    @Test
    void moreThanTwoThousandLinesAreTooLarge() {
        Map<String, Object> sale = aSale(id);
        sale.put(
                "lines",
                IntStream.rangeClosed(1, 2001)
                        .mapToObj(i -> aLine("p" + i, "1", "1"))
                        .toList());
        put(ksbId, sale).statusCode(413);
    }

    @Test
    void anotherEnterpriseDoesNotLearnThatTheSaleExists() {
        put(ksbId, aSale(id)).statusCode(200);
        String other = anEnterprise();
        as(other, Role.ADMIN).get("/api/sales/" + id).then().statusCode(404);
        as(other, Role.ADMIN).delete("/api/sales/" + id).then().statusCode(404);
        as(other, Role.ADMIN).post("/api/sales/" + id + "/restoration").then().statusCode(404);
        complete(other, id, aCompletion(1, "30000", List.of(aPayment("CASH", "30000"))))
                .statusCode(404);
        as(other, Role.ADMIN)
                .body(Map.of("id", anId(), "lines", List.of(Map.of("lineId", "l-p1", "quantity", "1"))))
                .post("/api/sales/" + id + "/returns")
                .then()
                .statusCode(404);
        as(other, Role.ADMIN).get("/api/sales").then().body("items.size()", equalTo(0));
        put(other, aSale(id)).statusCode(200).body("revision", equalTo(1));
    }

    @Test
    void machinesAndStrangersAreKeptOut() {
        as(ksbId, Role.BACK_OFFICE).get("/api/sales").then().statusCode(403);
        as(ksbId, Role.BACK_OFFICE)
                .body(aSale(id))
                .put("/api/sales/" + id)
                .then()
                .statusCode(403);
        with(Tokens.of(ksbId, Role.CASHIER).expired().sign())
                .get("/api/sales/" + id)
                .then()
                .statusCode(401);
        with("not.a.token").get("/api/sales/" + id).then().statusCode(401);
    }

    @Test
    void theListIsNewestFirstAndTakenInPages() {
        List<UUID> ids =
                IntStream.range(0, 5).mapToObj(i -> aCompletedSale(ksbId)).toList();
        var first = as(ksbId, Role.CASHIER)
                .get("/api/sales?limit=3&status=COMPLETED")
                .then()
                .extract()
                .jsonPath();
        var second = as(ksbId, Role.CASHIER)
                .queryParam("after", first.getString("next"))
                .queryParam("limit", 3)
                .get("/api/sales")
                .then()
                .extract()
                .jsonPath();
        List<String> listed = new ArrayList<>(first.getList("items.id"));
        listed.addAll(second.getList("items.id"));
        assertThat(listed).isEqualTo(ids.reversed().stream().map(UUID::toString).toList());
        assertThat(second.getString("next")).isNull();
        as(ksbId, Role.CASHIER)
                .get(
                        "/api/sales?search=product P1&from=2020-01-01&to=2099-01-01&delivery=NOT_DELIVERED&cashier=cashier")
                .then()
                .body("items.size()", equalTo(5));
        as(ksbId, Role.CASHIER).get("/api/sales?search=100%25").then().body("items.size()", equalTo(0));
        as(ksbId, Role.CASHIER).get("/api/sales?limit=1001").then().statusCode(400);
        as(ksbId, Role.CASHIER).get("/api/sales?after=x").then().statusCode(400);
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> lines(Map<String, Object> sale) {
        return (List<Map<String, Object>>) sale.get("lines");
    }

    private static List<String> eventTypes(UUID id) {
        return TopicReader.all(Topics.SALES, event -> id.toString()
                        .equals(event.event().subject()))
                .stream()
                .map(event -> event.event().type())
                .toList();
    }
}
