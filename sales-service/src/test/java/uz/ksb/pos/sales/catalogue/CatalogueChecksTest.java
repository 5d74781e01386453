package uz.ksb.pos.sales.catalogue;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static uz.ksb.pos.platform.testing.Eventually.within;
import static uz.ksb.pos.sales.SaleFixture.aCompletion;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aLine;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aRate;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.aTill;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.query;
import static uz.ksb.pos.sales.SaleFixture.with;
import static uz.ksb.pos.sales.catalogue.CatalogueFixture.row;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Claims;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;

/** Prices, discounts and stock by the catalogue, and the fate of a sale that differs. */
@QuarkusTest
class CatalogueChecksTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String AT = "2011-11-14T08:10:00+05:00";

    private final String ksbId = anEnterprise();
    private final UUID id = anId();
    private final CatalogueFixture catalogue = new CatalogueFixture(ksbId);

    @Test
    void aCashiersOtherPriceIsRefusedByItsLine() throws Exception {
        catalogue.given(row("p1", 1, "UZS", "29500.00", "100"));
        Map<String, Object> sale = sale("29499", null);
        put(cashier(), sale).statusCode(422).body("violations.field", contains("lines[0].price"));
        assertThat(query("select count(*) from sales where ksb_id = '" + ksbId + "'"))
                .isEqualTo(0L);
        put(token("5", "true"), sale).statusCode(200);
        Map<String, Object> right = sale("29500", 1L);
        right.put("revision", 1);
        put(cashier(), right).statusCode(200);
        complete(cashier(), 2, "29500").statusCode(200).body("flags", empty());
    }

    @Test
    void thePriceBeforeIsTakenFromATillThatHadNotSeenTheNewOne() {
        catalogue.given(row("p1", 1, "UZS", "29500.00", "100"));
        catalogue.given(row("p1", 5, "UZS", "31000.00", "100"));
        put(cashier(), sale("29500", 5L)).statusCode(422);
        put(cashier(), sale("29500", null)).statusCode(422);
        put(cashier(), sale("29500", 4L)).statusCode(200);
        complete(cashier(), 1, "29500").statusCode(200).body("flags", empty());
    }

    @Test
    void aPriceThatChangesBetweenScanAndPaymentRefusesNothing() {
        catalogue.given(row("p1", 1, "UZS", "29500.00", "100"));
        put(cashier(), sale("29500", 1L)).statusCode(200);
        catalogue.given(row("p1", 2, "UZS", "28000.00", "100"));
        complete(cashier(), 1, "29500").statusCode(200);
    }

    @Test
    void aLowerPriceAndADiscountAreMeasuredTogether() {
        catalogue.given(row("p1", 1, "UZS", "100.00", "100"));
        Map<String, Object> sale = sale("97", null);
        sale.put("discount", Map.of("amount", "2.01"));
        put(token("5", "true"), sale).statusCode(422).body("violations.field", contains("discount"));
        sale.put("discount", Map.of("amount", "2"));
        put(token("5", "true"), sale).statusCode(200).body("total", equalTo("95.00"));
    }

    @Test
    void anUnknownProductOrPriceIsSoldAndFlagged() {
        catalogue.given(row("p1", 1, "UZS", "29500.00", "100"));
        Map<String, Object> sale = aSale(id);
        sale.put("priceType", "ulgurji");
        sale.put("lines", List.of(aLine("p1", "7", "1"), aLine("nobody-knows", "3", "1")));
        put(cashier(), sale).statusCode(422).body("violations.field", contains("lines[0].price"));
        sale.put("lines", List.of(aLine("p1", "29500", "1"), aLine("nobody-knows", "3", "1")));
        put(cashier(), sale).statusCode(200);
        complete(cashier(), 1, "29503").statusCode(200).body("flags", contains("unknown-price", "unknown-product"));
    }

    @Test
    void aPriceTypeOfOthersIsRefusedOnlineAndFlaggedOffline() {
        catalogue.given(row("p1", 1, "UZS", "29500.00", "100"));
        String wholesale = Tokens.of(ksbId, Role.CASHIER)
                .with(Claims.MAY_CHANGE_PRICE, "false")
                .with(Claims.PRICE_TYPES, List.of("ulgurji"))
                .sign();
        Map<String, Object> sale = sale("29500", null);
        sale.put("priceType", "chakana");
        put(wholesale, sale).statusCode(422).body("violations.field", contains("priceType"));
        put(cashier(), sale).statusCode(200);
        complete(wholesale, 1, "29500").statusCode(422).body("violations.field", contains("priceType"));
        complete(cashier(), 1, "29500").statusCode(200);

        UUID offline = anId();
        Map<String, Object> finished = aFinishedSale(offline, AT);
        finished.put("priceType", "chakana");
        finished.put("lines", List.of(aLine("p1", "29500", "1")));
        finished.put("payments", List.of(aPayment("CASH", "29500")));
        bring(with(wholesale), finished);
        assertFlags(offline, "price", "unknown-price");
    }

    @Test
    void aBatchByTheTillAloneIsMeasuredByTheCatalogue() {
        catalogue.given(row("p1", 1, "UZS", "29500.00", "100"));
        aTill(ksbId, "APPROVED");
        UUID right = anId();
        UUID cheap = anId();
        UUID discounted = anId();
        for (UUID sale : List.of(right, cheap, discounted)) {
            Map<String, Object> finished = aFinishedSale(sale, AT);
            finished.put("lines", List.of(aLine("p1", sale.equals(cheap) ? "1" : "29500", "1")));
            finished.put("payments", List.of(aPayment("CASH", sale.equals(right) ? "29500" : "1")));
            if (sale.equals(discounted)) {
                finished.put("discount", Map.of("amount", "29499"));
            }
            bring(
                    given().contentType("application/json")
                            .header(
                                    "X-Device-Token",
                                    Tokens.of(ksbId, Role.CASHIER)
                                            .with("aud", Claims.DEVICE_AUDIENCE)
                                            .sign()),
                    finished);
        }
        assertFlags(right, "device-token");
        assertFlags(cheap, "device-token", "discount", "price");
        assertFlags(discounted, "device-token", "discount");
    }

    private static void bring(RequestSpecification as, Map<String, Object> sale) {
        as.body(List.of(sale)).post("/api/sales/batch").then().statusCode(200).body("result", contains("created"));
    }

    private void assertFlags(UUID sale, String... flags) {
        as(ksbId, Role.CASHIER).get("/api/sales/" + sale).then().body("flags", contains(flags));
    }

    @Test
    void aProductPricedInAnotherCurrencyIsConvertedByTheHousesRate() {
        catalogue.given(row("p1", 1, "USD", "2.35", "100"));
        aRate(ksbId, "USD", "12650.5");
        Map<String, Object> line = aLine("p1", "29728.68", "1");
        line.put("basePrice", "2.35");
        line.put("baseCurrency", "USD");
        line.put("rate", "12650.5");
        Map<String, Object> sale = aSale(id);
        sale.put("lines", List.of(line));
        put(cashier(), sale).statusCode(200);
        line.put("price", "29000");
        sale.put("revision", 1);
        put(cashier(), sale).statusCode(422).body("violations.field", contains("lines[0].price"));
    }

    /** Products of hundreds of prices, in a sale of hundreds of lines: they would fill the memory of all enterprises. */
    @Test
    void productsThatAreTooLargeTogetherAreNotRead() throws Exception {
        execute("insert into catalogue_products (ksb_id, id, change_version, currency, prices, prices_version, stock,"
                + " archived, deleted) select '" + ksbId + "', 'large-' || i, i, 'UZS', (select jsonb_agg("
                + " jsonb_build_object('priceType', 'type-' || t, 'price', '1000')) from generate_series(1, 300) t), i,"
                + " '[]', false, false from generate_series(1, 400) i");
        List<Map<String, Object>> lines = IntStream.rangeClosed(1, 400)
                .mapToObj(i -> aLine("large-" + i, "1000", "1"))
                .toList();
        Map<String, Object> sale = aSale(id);
        sale.put("lines", lines);
        put(cashier(), sale).statusCode(413);

        Map<String, Object> finished = aFinishedSale(anId(), AT);
        finished.put("lines", lines);
        with(cashier())
                .body(List.of(finished, aFinishedSale(anId(), AT)))
                .post("/api/sales/batch")
                .then()
                .statusCode(200)
                .body("result", contains("invalid", "created"));
        sale.put("lines", lines.subList(0, 50));
        put(cashier(), sale).statusCode(200);
    }

    @Test
    void anOfflineSaleAgainstTheCatalogueIsOnlyFlagged() {
        catalogue.given(row("p1", 1, "UZS", "29500.00", "2"));
        Map<String, Object> sale = aFinishedSale(id, AT);
        sale.put("priceType", "chakana");
        sale.put("warehouse", "asosiy");
        sale.put("lines", List.of(aLine("p1", "10000", "2.001"), aLine("p2", "9990", "1")));
        with(token("5", "false"))
                .body(List.of(sale))
                .post("/api/sales/batch")
                .then()
                .statusCode(200)
                .body("result", contains("created"));
        as(ksbId, Role.CASHIER)
                .get("/api/sales/" + id)
                .then()
                .body("flags", containsInAnyOrder("discount", "price", "stock", "unknown-product"));
    }

    @Test
    void theEnterprisesRuleDecidesAboutMissingStock() throws Exception {
        catalogue.given(row("p1", 1, "UZS", "100.00", "2"));
        Map<String, Object> sale = sale("100", null);
        sale.put("lines", List.of(aLine("p1", "100", "1.5"), other(aLine("p1", "100", "0.6"))));
        put(cashier(), sale).statusCode(200);
        catalogue.rule(1, "FORBID");
        complete(cashier(), 1, "210").statusCode(422).body("violations.field", hasItem("lines[1].quantity"));
        assertThat(query("select status from sales where ksb_id = '" + ksbId + "'"))
                .isEqualTo("OPEN");
        catalogue.rule(2, "WARN");
        complete(cashier(), 1, "210").statusCode(200).body("flags", contains("stock"));
        catalogue.rule(3, "ALLOW");
        UUID second = anId();
        sale.put("id", second);
        with(cashier()).body(sale).put("/api/sales/" + second).then().statusCode(200);
        with(cashier())
                .body(aCompletion(1, "210", List.of(aPayment("CASH", "210"))))
                .post("/api/sales/" + second + "/completion")
                .then()
                .statusCode(200)
                .body("flags", empty());
    }

    @Test
    void theNewestRowWinsInWhateverOrderAndHoweverOftenItIsTold() throws Exception {
        UUID event = anId();
        String newest = row("p1", 7, "UZS", "3.00", "1");
        catalogue.tell(event, newest);
        catalogue.tell(anId(), row("p1", 6, "UZS", "2.00", "1"));
        catalogue.tell(event, newest);
        catalogue.tell(anId(), row("p1", 7, "UZS", "9.00", "1"));
        catalogue.tell(anId(), row("p1", 1, "UZS", "1.00", "1") + "," + row("p1", 2, "UZS", "1.00", "1"));
        catalogue.tell(anId(), row("last", 8, "UZS", "1.00", "1"));
        catalogue.known("last", 8);
        assertThat(query("select prices -> 0 ->> 'price' from catalogue_products where ksb_id = '" + ksbId
                        + "' and id = 'p1'"))
                .isEqualTo("3.00");
    }

    @Test
    void theCatalogueTellsForWhatCashIsForbidden() throws Exception {
        catalogue.given(row("p9", 1, "UZS", "100", "5").replace("\"name\"", "\"cashAllowed\": false, \"name\""));
        assertThat(query("select cash_allowed from catalogue_products where ksb_id = '" + ksbId + "'"))
                .isEqualTo(false);
        catalogue.given(row("p9", 2, "UZS", "100", "5"));
        assertThat(query("select cash_allowed from catalogue_products where ksb_id = '" + ksbId + "'"))
                .isEqualTo(true);
    }

    @Test
    void aCatalogueOfAnotherEnterpriseSaysNothing() {
        String other = anEnterprise();
        new CatalogueFixture(other).tell(anId(), row("p1", 1, "UZS", "29500.00", "1"));
        within(LIMIT, () -> assertThat(query("select count(*) from catalogue_products where ksb_id = '" + other + "'"))
                .isEqualTo(1L));
        put(cashier(), sale("1", null)).statusCode(200);
        complete(cashier(), 1, "1").statusCode(200).body("flags", empty());
    }

    private Map<String, Object> sale(String price, Long priceVersion) {
        Map<String, Object> line = aLine("p1", price, "1");
        line.put("priceVersion", priceVersion);
        Map<String, Object> sale = aSale(id);
        sale.put("priceType", "chakana");
        sale.put("warehouse", "asosiy");
        sale.put("lines", List.of(line));
        return sale;
    }

    private static Map<String, Object> other(Map<String, Object> line) {
        line.put("lineId", "other");
        return line;
    }

    private String cashier() {
        return token("100", "false");
    }

    private String token(String maxDiscount, String mayChangePrice) {
        return Tokens.of(ksbId, Role.CASHIER)
                .with("max_discount", maxDiscount)
                .with("may_change_price", mayChangePrice)
                .sign();
    }

    private ValidatableResponse put(String token, Map<String, Object> sale) {
        return with(token).body(sale).put("/api/sales/" + id).then();
    }

    private ValidatableResponse complete(String token, int revision, String total) {
        return with(token)
                .body(aCompletion(revision, total, List.of(aPayment("CASH", total))))
                .post("/api/sales/" + id + "/completion")
                .then();
    }
}
