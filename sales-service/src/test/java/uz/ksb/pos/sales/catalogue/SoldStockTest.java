package uz.ksb.pos.sales.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.sales.SaleFixture.aCompletion;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.aLine;
import static uz.ksb.pos.sales.SaleFixture.aPayment;
import static uz.ksb.pos.sales.SaleFixture.aSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.put;
import static uz.ksb.pos.sales.SaleFixture.query;
import static uz.ksb.pos.sales.catalogue.CatalogueFixture.row;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** The stock a sale is measured by: the back office's value, less what we sold that it cannot contain yet. */
@QuarkusTest
class SoldStockTest {
    private static final String AT = "2011-11-14T08:10:00+05:00";
    private static final Instant MORNING = Instant.parse("2026-11-02T05:00:00Z");

    @Inject
    SoldStockAggregator aggregator;

    private final String ksbId = anEnterprise();
    private final CatalogueFixture catalogue = new CatalogueFixture(ksbId);

    @Test
    void theLastPiecesAreSoldOnce() throws Exception {
        catalogue.given(row("p1", 1, "UZS", "100", "3"));
        catalogue.given(row("p2", 2, "UZS", "100", "999"));
        catalogue.rule(1, "FORBID");
        // Each names the products in another order: they must not wait for each other.
        List<UUID> sales = IntStream.range(0, 8)
                .mapToObj(i -> i % 2 == 0 ? open("p1", "p2") : open("p2", "p1"))
                .toList();
        List<Integer> answers =
                atOnce(8, i -> complete(sales.get(i), "200").extract().statusCode());
        assertThat(answers).containsOnly(200, 422);
        assertThat(answers).filteredOn(status -> status == 200).hasSize(3);
        assertThat(query("select sum(quantity) from sold_stock where ksb_id = '" + ksbId + "' and product_id = 'p1'"))
                .hasToString("3.000");
    }

    @Test
    void aChangeThatCannotBeAddedStopsNoOtherEnterprise() throws Exception {
        String other = anEnterprise();
        execute("insert into sold_stock_changes (ksb_id, product_ids, warehouses, quantities)"
                + " values ('%s', '{p1,p2}', '{a,a}', '{1}'), ('%s', '{p1}', '{a}', '{2}')".formatted(ksbId, other));

        aggregator.aggregateAll().await().atMost(Duration.ofSeconds(10));

        assertThat(query("select quantity from sold_stock_sums where ksb_id = '" + other + "'"))
                .hasToString("2");
        assertThat(query("select source from aggregation_failures where ksb_id = '" + ksbId + "'"))
                .isEqualTo("sold_stock_changes");
    }

    @Test
    void aSoldPieceIsMissingUntilAValueContainsIt() throws Exception {
        catalogue.given(row("p1", 1, "UZS", "100", "5"), MORNING);
        catalogue.rule(1, "FORBID");
        UUID sold = open("p1", "p1", "p1");
        complete(sold, "300").statusCode(200);
        assertRefusedWith("exceeds the stock of 2", "p1", "p1", "p1");

        // Told again before the back office has it.
        catalogue.given(row("p1", 2, "UZS", "100", "5"), MORNING.plusSeconds(100));
        assertRefusedWith("exceeds the stock of 2", "p1", "p1", "p1");

        // A reading that began before the delivery, told after it.
        delivered(sold, MORNING.plusSeconds(200));
        catalogue.given(row("p1", 3, "UZS", "100", "5"), MORNING.plusSeconds(199));
        assertRefusedWith("exceeds the stock of 2", "p1", "p1", "p1");

        catalogue.given(row("p1", 4, "UZS", "100", "2"), MORNING.plusSeconds(201));
        assertRefusedWith("exceeds the stock of 2", "p1", "p1", "p1");
        complete(open("p1", "p1"), "200").statusCode(200);
        assertRefusedWith("exceeds the stock of 0", "p1");
    }

    /** product-service shows less after each sale: the value of the back office stands beside it. */
    @Test
    void aShownStockIsNotLoweredTwice() throws Exception {
        catalogue.given(row("p1", 1, "UZS", "100", "5"), MORNING);
        catalogue.rule(1, "FORBID");
        UUID sold = open("p1", "p1", "p1");
        complete(sold, "300").statusCode(200);
        delivered(sold, MORNING.plusSeconds(10));

        String shown =
                row("p1", 2, "UZS", "100", "2").replace("\"quantity\": \"2\"", "\"quantity\": \"2\", \"told\": \"5\"");
        catalogue.tell(
                Topics.PRODUCTS,
                "products.changed",
                anId(),
                "{\"fromVersion\": 1, \"toVersion\": 2, \"counts\": {\"products\": 1}, \"cause\": \"sales\", \"rows\": ["
                        + shown + "]}");
        // Of the same log: the one before it was taken.
        catalogue.given(row("p2", 3, "UZS", "100", "9"));
        assertRefusedWith("exceeds the stock of 2", "p1", "p1", "p1");

        // The source told of it anew, before the sale was delivered.
        catalogue.given(shown.replace("\"changeVersion\": 2", "\"changeVersion\": 4"), MORNING.plusSeconds(5));
        assertRefusedWith("exceeds the stock of 2", "p1", "p1", "p1");
    }

    @Test
    void aReturnedPieceCanBeSoldAgain() {
        catalogue.given(row("p1", 1, "UZS", "100", "1"));
        catalogue.rule(1, "FORBID");
        UUID sold = open("p1");
        complete(sold, "100").statusCode(200);
        assertRefusedWith("exceeds the stock of 0", "p1");
        as(ksbId, Role.CASHIER)
                .body(Map.of("id", anId(), "lines", List.of(Map.of("lineId", "l-0", "quantity", "1"))))
                .post("/api/sales/" + sold + "/returns")
                .then()
                .statusCode(200);
        complete(open("p1"), "100").statusCode(200);
    }

    @Test
    void aClosedSaleIsInTheBackOfficesBooks() throws Exception {
        catalogue.given(row("p1", 1, "UZS", "100", "2"), MORNING);
        catalogue.rule(1, "FORBID");
        UUID sold = open("p1");
        complete(sold, "100").statusCode(200);
        as(ksbId, Role.MANAGER)
                .body(Map.of("reason", "entered by hand"))
                .post("/api/sales/" + sold + "/delivery/closure")
                .then()
                .statusCode(200);
        catalogue.given(row("p1", 2, "UZS", "100", "1"), Instant.now().plusSeconds(1));
        complete(open("p1"), "100").statusCode(200);
        assertRefusedWith("exceeds the stock of 0", "p1");
    }

    @Test
    void salesOfOneBatchAreMeasuredOneAfterTheOther() throws Exception {
        catalogue.given(row("p1", 1, "UZS", "100", "3"));
        List<Map<String, Object>> sales = List.of(finished("2"), finished("2"), finished("1"));
        batch(ksbId, sales.subList(0, 2)).body("result", contains("created", "created"));
        batch(ksbId, sales).body("result", contains("replayed", "replayed", "created"));
        assertFlags(sales.get(0), empty());
        assertFlags(sales.get(1), contains("stock"));
        assertFlags(sales.get(2), contains("stock"));
        assertThat(query("select sum(quantity) from sold_stock where ksb_id = '" + ksbId + "'"))
                .hasToString("5.000");
    }

    @Test
    void twoCompletedRunsSettleEveryDeliveredSale() throws Exception {
        catalogue.given(row("p1", 1, "UZS", "100", "5"), MORNING);
        catalogue.rule(1, "FORBID");
        UUID early = open("p1");
        UUID late = open("p1");
        UUID waiting = open("p1");
        for (UUID sale : List.of(early, late, waiting)) {
            complete(sale, "100").statusCode(200);
        }
        delivered(early, MORNING.plusSeconds(10));
        delivered(late, MORNING.plusSeconds(1_000));
        runCompleted(MORNING.plusSeconds(600));
        runCompleted(MORNING.plusSeconds(1_200));
        runCompleted(MORNING.plusSeconds(100));
        eventually(() -> assertRefusedWith("exceeds the stock of 3", "p1", "p1", "p1", "p1"));
        runCompleted(MORNING.plusSeconds(1_800));
        eventually(() -> assertRefusedWith("exceeds the stock of 4", "p1", "p1", "p1", "p1", "p1"));
    }

    @Test
    void ofProductsWhoseStockNobodyToldNothingIsKept() throws Exception {
        batch(ksbId, List.of(finished("2"))).body("result", contains("created"));
        assertThat(query("select count(*) from sold_stock where ksb_id = '" + ksbId + "'"))
                .isEqualTo(0L);
    }

    @Test
    void anotherEnterprisesSalesTakeNothing() {
        catalogue.given(row("p1", 1, "UZS", "100", "1"));
        catalogue.rule(1, "FORBID");
        String other = anEnterprise();
        new CatalogueFixture(other).given(row("p1", 1, "UZS", "100", "1"));
        batch(other, List.of(finished("1"))).body("result", contains("created"));
        complete(open("p1"), "100").statusCode(200);
    }

    /** 100,000 sales of the same five products wait because the back office is away. */
    @Test
    void theStockIsFoundWithoutReadingUndeliveredSales() throws Exception {
        execute("""
                insert into sold_stock select '%1$s', 'p' || n %% 5, gen_random_uuid(), 'asosiy', 1
                from generate_series(1, 100000) n""".formatted(ksbId));
        execute("""
                insert into sold_stock_sums select '%1$s', 'p' || n, 'asosiy', case when n < 5 then 20000 else 1 end
                from generate_series(0, 4999) n""".formatted(ksbId));
        execute("""
                insert into catalogue_products (ksb_id, id, change_version, prices, prices_version, stock, archived, deleted)
                select '%1$s', 'p' || n, 1, '[]', 1, '[{"warehouse": "asosiy", "quantity": "1"}]', false, false
                from generate_series(0, 4999) n""".formatted(ksbId));
        for (String table : List.of("sold_stock", "sold_stock_sums", "catalogue_products")) {
            execute("analyze " + table);
        }
        try (var connection = TestInfrastructure.database();
                var statement = connection.createStatement()) {
            statement.execute("set plan_cache_mode = force_generic_plan");
            statement.execute("prepare stock (text, text[], uuid[]) as " + CatalogueRepository.FIND_FOR_SALE);
            var rows = statement.executeQuery("explain (analyze, buffers) execute stock ('" + ksbId
                    + "', '{p0,p1,p2,p3,p4}', '{019a9f4e-0000-7000-8000-000000000001}')");
            StringBuilder plan = new StringBuilder();
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
            assertThat(plan.toString())
                    .contains("pk_sold_stock_sums")
                    .contains("pk_catalogue_products")
                    .doesNotContain("Seq Scan on sold_stock")
                    .doesNotContain("Seq Scan on catalogue_products");
            int blocks = Integer.parseInt(plan.toString().replaceAll("(?s).*?shared hit=(\\d+).*", "$1"));
            assertThat(blocks).as(plan.toString()).isLessThan(150);
        }
    }

    /** The sums are folded all the time, here by four at once, while sales and readings change them. */
    @Test
    void sumsAndChangesAreTogetherAlwaysWhatTheRowsSay() throws Exception {
        catalogue.given(row("p1", 1, "UZS", "100", "900"), MORNING);
        catalogue.given(row("p2", 2, "UZS", "100", "900"), MORNING);
        List<Callable<Void>> work = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            work.add(() -> {
                for (int sale = 0; sale < 10; sale++) {
                    batch(ksbId, List.of(finished("2"), finished("1")));
                    complete(open("p2", "p1"), "200").statusCode(200);
                    assertNoDifference();
                }
                return null;
            });
            work.add(() -> {
                for (int turn = 0; turn < 50; turn++) {
                    aggregator.aggregateAll().await().atMost(Duration.ofSeconds(10));
                    assertNoDifference();
                }
                return null;
            });
        }
        work.add(() -> {
            for (int version = 3; version < 8; version++) {
                execute("update sales set delivery_status = 'DELIVERED', posted = true, settled_at = '" + MORNING
                        + "' where ksb_id = '" + ksbId + "' and status = 'COMPLETED' and total = 200");
                catalogue.given(row("p1", version, "UZS", "100", "900"), MORNING.plusSeconds(version));
                assertNoDifference();
            }
            return null;
        });
        atOnce(work.size(), i -> work.get(i).call());
        aggregator.aggregateAll().await().atMost(Duration.ofSeconds(10));
        assertNoDifference();
        assertThat(query("select count(*) from sold_stock_changes where ksb_id = '" + ksbId + "'"))
                .isEqualTo(0L);
        assertThat(query("select count(*) from sold_stock where ksb_id = '" + ksbId + "' and product_id = 'p2'"))
                .isEqualTo(40L);
    }

    private void assertNoDifference() throws SQLException {
        assertThat(query("""
                        select count(*) from (
                          select product_id, warehouse, sum(quantity) from (
                            select product_id, warehouse, quantity from sold_stock where ksb_id = '%1$s'
                            union all
                            select product_id, warehouse, -quantity from sold_stock_sums where ksb_id = '%1$s'
                            union all
                            select cell.product_id, cell.warehouse, -cell.quantity
                            from sold_stock_changes,
                                 unnest(product_ids, warehouses, quantities) as cell (product_id, warehouse, quantity)
                            where ksb_id = '%1$s') parts
                          group by 1, 2 having sum(quantity) <> 0) differences""".formatted(ksbId))).isEqualTo(0L);
    }

    private UUID open(String... products) {
        UUID id = anId();
        Map<String, Object> sale = aSale(id);
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String product : products) {
            Map<String, Object> line = aLine(product, "100", "1");
            line.put("lineId", "l-" + lines.size());
            lines.add(line);
        }
        sale.put("warehouse", "asosiy");
        sale.put("lines", lines);
        put(ksbId, sale).statusCode(200);
        return id;
    }

    private ValidatableResponse complete(UUID sale, String total) {
        return as(ksbId, Role.MANAGER)
                .body(aCompletion(1, total, List.of(aPayment("CASH", total))))
                .post("/api/sales/" + sale + "/completion")
                .then();
    }

    private void assertRefusedWith(String message, String... products) {
        complete(open(products), Integer.toString(100 * products.length))
                .statusCode(422)
                .body("violations.message[0]", equalTo(message));
    }

    private static Map<String, Object> finished(String quantity) {
        Map<String, Object> sale = aFinishedSale(anId(), AT);
        sale.put("warehouse", "asosiy");
        sale.put("lines", List.of(aLine("p1", "100", quantity)));
        sale.put("payments", List.of(aPayment("CASH", quantity + "00")));
        return sale;
    }

    private void assertFlags(Map<String, Object> sale, org.hamcrest.Matcher<?> flags) {
        as(ksbId, Role.CASHIER).get("/api/sales/" + sale.get("id")).then().body("flags", flags);
    }

    private void delivered(UUID sale, Instant at) throws SQLException {
        execute("update sales set delivery_status = 'DELIVERED', posted = true, settled_at = '" + at
                + "' where ksb_id = '" + ksbId + "' and id = '" + sale + "'");
    }

    private void runCompleted(Instant startedAt) {
        catalogue.tell(
                Topics.SYNC,
                "sync.completed",
                anId(),
                "{\"syncId\": \"%s\", \"first\": false, \"startedAt\": \"%s\", \"parts\": []}"
                        .formatted(anId(), startedAt));
    }
}
