package uz.ksb.pos.sales.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TopicWriter.publish;
import static uz.ksb.pos.sales.SaleFixture.aCompletedSale;
import static uz.ksb.pos.sales.SaleFixture.aFinishedSale;
import static uz.ksb.pos.sales.SaleFixture.anEnterprise;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.as;
import static uz.ksb.pos.sales.SaleFixture.batch;
import static uz.ksb.pos.sales.SaleFixture.execute;
import static uz.ksb.pos.sales.SaleFixture.query;
import static uz.ksb.pos.sales.SaleFixture.totals;
import static uz.ksb.pos.sales.SaleFixture.with;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.MetricsRules;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;

@QuarkusTest
class TotalsTest {
    private static final String AT = "2011-11-14T08:10:00+05:00";

    @Inject
    TotalsAggregator aggregator;

    private final String ksbId = anEnterprise();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void theTotalsEqualAPlainSumWhileTillsSell() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int till = 0; till < 4; till++) {
                threads.execute(() -> {
                    for (int i = 0; i < 5; i++) {
                        aCompletedSale(ksbId);
                        batch(
                                        ksbId,
                                        List.of(
                                                aFinishedSale(anId(), AT),
                                                aReturn(anId()),
                                                paidInThreeWays(anId()),
                                                Map.of("id", anId())))
                                .statusCode(200);
                    }
                });
            }
            // One statement sees one moment: also in the middle of all this nothing differs.
            for (int i = 0; i < 10; i++) {
                assertThat(differences()).isEmpty();
            }
        }
        assertThat(differences()).isEmpty();
        aggregator.aggregateAll().await().atMost(Duration.ofSeconds(10));
        assertThat(differences()).isEmpty();
        var totals = totals(ksbId, "2011-11-14");
        assertThat(totals.getInt("count")).isEqualTo(40);
        assertThat(totals.getInt("returnsCount")).isEqualTo(20);
        // The unreadable ones, and the returns without a receipt.
        assertThat(totals.getInt("toReview")).isEqualTo(40);
        assertThat(totals.getList("byCurrency.currency")).containsExactly("EUR", "USD", "UZS");
    }

    /** At least one of the two has another date than Tashkent at any time. */
    @ParameterizedTest
    @ValueSource(strings = {"Pacific/Kiritimati", "Pacific/Pago_Pago"})
    void aRepairIsToldOnTheEnterprisesDayWhereverTheDatabaseStands(String zone) throws Exception {
        batch(ksbId, List.of(aFinishedSale(anId(), AT))).statusCode(200);
        eventually(() -> assertThat(query("select count(*) from enterprises where ksb_id = '" + ksbId + "'"))
                .isEqualTo(1L));
        aggregator.aggregateAll().await().atMost(Duration.ofSeconds(10));
        try (var connection = TestInfrastructure.database();
                var statement = connection.createStatement()) {
            // Nothing of it is committed: the folder would take it away.
            connection.setAutoCommit(false);
            statement.execute("set local time zone '" + zone + "'");
            statement.execute("update enterprise_totals set to_review = 9 where ksb_id = '" + ksbId + "'");
            statement.execute("select rebuild_totals()");
            var told = statement.executeQuery(
                    "select business_date = (clock_timestamp() at time zone 'Asia/Tashkent')::date"
                            + " from total_changes where ksb_id = '" + ksbId + "' and to_review = -9");
            assertThat(told.next()).isTrue();
            assertThat(told.getBoolean(1)).isTrue();
            connection.rollback();
        }
    }

    @Test
    void aDifferencePutInByHandIsFoundAndMendedAndTheTillsAreTold() throws Exception {
        batch(ksbId, List.of(aFinishedSale(anId(), AT))).statusCode(200);
        aggregator.aggregateAll().await().atMost(Duration.ofSeconds(10));
        long version = totals(ksbId, "2011-11-14").getLong("version");
        spoil("update day_totals set main_gross = main_gross + 1.5, cash = cash - 7, count = 5 where ksb_id = '%s'");
        spoil(
                "insert into day_totals select ksb_id, '2011-11-15', 3, 'USD', 1, 0, 9, 0, 9, 0, 0, 0, 0, 9, 0, 9, 0, 0, 0, 0"
                        + " from day_totals where ksb_id = '%s' and hour = 8");
        spoil("update enterprise_totals set not_delivered = 12, rejected = 3, to_review = 1, customers = 2"
                + " where ksb_id = '%s'");
        assertThat(differences())
                .contains(
                        "2011-11-14 8 UZS count -4",
                        "2011-11-14 8 UZS main_gross -1.50",
                        "2011-11-14 8 UZS cash 7.00",
                        "2011-11-15 3 USD main_gross -9.00",
                        "all not_delivered -11",
                        "all rejected -3",
                        "all to_review -1",
                        "all customers -2")
                .hasSize(12);

        atOnce(2, i -> query("select rebuild_totals()"));

        assertThat(differences()).isEmpty();
        var mended = totals(ksbId, "2011-11-14");
        assertThat(mended.getString("gross")).isEqualTo("30000.00");
        assertThat(mended.getLong("version")).isGreaterThan(version);
        eventually(() -> assertThat(TopicReader.all(
                                Topics.TOTALS,
                                event -> ksbId.equals(event.key())
                                        && "2011-11-14".equals(event.event().subject()))
                        .stream()
                        .map(event -> tree(event.data()))
                        .filter(view -> view.get("version").asLong() > version))
                .isNotEmpty()
                .allSatisfy(view -> assertThat(view.get("gross").asText()).isEqualTo("30000.00")));
        assertThat(differences()).isEmpty();
    }

    @Test
    void theVersionOfWhatIsToldRisesAndTheLastOneIsWhatIsRead() {
        IntStream.range(0, 5).forEach(i -> batch(ksbId, List.of(aFinishedSale(anId(), AT))));
        var read = totals(ksbId, "2011-11-14");
        eventually(() -> {
            List<JsonNode> told = TopicReader.all(
                            Topics.TOTALS,
                            event -> ksbId.equals(event.key())
                                    && "2011-11-14".equals(event.event().subject()))
                    .stream()
                    .map(event -> tree(event.data()))
                    .toList();
            List<Long> versions =
                    told.stream().map(view -> view.get("version").asLong()).toList();
            // A version may be told twice: then it says the same.
            assertThat(versions).isSorted().last().isEqualTo(read.getLong("version"));
            told.forEach(view -> assertThat(view.get("gross").asText())
                    .isEqualTo(view.get("count").asInt() * 30_000 + ".00"));
            assertThat(told.getLast().get("gross").asText()).isEqualTo(read.getString("gross"));
            assertThat(told.getLast().get("currency").asText()).isEqualTo("UZS");
        });
    }

    @Test
    void changesOfAKilledProcessAreReadAndAddedLater() throws Exception {
        execute(
                "insert into total_changes (ksb_id, business_date, hour, currency, main_currency, count, main_gross) values ('"
                        + ksbId + "', '2011-11-14', 9, 'UZS', 'UZS', 3, 7)");
        assertThat(totals(ksbId, "2011-11-14").getInt("count")).isEqualTo(3);
        eventually(() -> assertThat(query("select count(*) from total_changes where ksb_id = '" + ksbId + "'"))
                .isEqualTo(0L));
        assertThat(totals(ksbId, "2011-11-14").getInt("count")).isEqualTo(3);
        execute("delete from day_totals where ksb_id = '" + ksbId + "'");
    }

    @Test
    void sumsOverSalesHaveNoLimit() throws Exception {
        execute("insert into total_changes (ksb_id, business_date, hour, currency, main_currency, gross, main_gross)"
                + " select '%s', '2011-11-14', 9, 'UZS', 'UZS', 99999999999999.99, 99999999999999.99".formatted(ksbId)
                + " from generate_series(1, 101)");

        aggregator.aggregateAll().await().atMost(Duration.ofSeconds(10));

        assertThat(totals(ksbId, "2011-11-14").getString("gross")).isEqualTo("10099999999999998.99");
        execute("delete from day_totals where ksb_id = '" + ksbId + "'");
    }

    @Test
    void aChangeThatCannotBeAddedStopsNoOtherEnterprise() throws Exception {
        String other = anEnterprise();
        for (String enterprise : List.of(ksbId, other, ksbId, other)) {
            execute("insert into total_changes (ksb_id, business_date, hour, currency, main_currency, count)"
                    + " values ('%s', '2011-11-14', 9, 'UZS', 'UZS', %d)"
                            .formatted(enterprise, enterprise.equals(ksbId) ? Integer.MAX_VALUE : 1));
        }

        double poison = MetricsRules.value("pos_poison_rows_total{kind=\"change\"");
        aggregator.aggregateAll().await().atMost(Duration.ofSeconds(10));

        assertThat(MetricsRules.value("pos_poison_rows_total{kind=\"change\"")).isGreaterThan(poison);
        assertThat(totals(other, "2011-11-14").getInt("count")).isEqualTo(2);
        assertThat(totals(ksbId, "2011-11-14").getInt("count")).isEqualTo(Integer.MAX_VALUE);
        assertThat(query("select reason || (change ->> 'count') from aggregation_failures where ksb_id = '" + ksbId
                        + "'"))
                .asString()
                .contains("out of range")
                .endsWith("2147483647");
        execute("delete from day_totals where ksb_id in ('%s', '%s')".formatted(ksbId, other));
    }

    @Test
    void theCountOfProductsIsTheNewestThatWasTold() {
        UUID first = anId();
        tell(first, 5, 300);
        tell(anId(), 9, 301);
        tell(anId(), 7, 299);
        tell(first, 5, 300);
        eventually(() -> assertThat(totals(ksbId, null).getInt("products")).isEqualTo(301));
    }

    @Test
    void theChartHasAPointForEachHourDayOrMonth() {
        batch(ksbId, List.of(aFinishedSale(anId(), AT))).statusCode(200);
        chart("day", 24, "points[8].net");
        chart("week", 7, "points[0].net");
        chart("month", 30, "points[13].net");
        chart("year", 12, "points[10].net");
        as(ksbId, Role.CASHIER).get("/api/charts/sales?period=age").then().statusCode(400);
        as(ksbId, Role.CASHIER).get("/api/totals?date=14.11.2011").then().statusCode(400);
    }

    @Test
    void totalsAreOfTheOwnEnterpriseAndForThoseWhoMaySeeThem() {
        aCompletedSale(ksbId);
        assertThat(totals(anEnterprise(), null).getInt("count")).isZero();
        String blind =
                Tokens.of(ksbId, Role.CASHIER).with("may_see_totals", "false").sign();
        with(blind).get("/api/totals").then().statusCode(403);
        with(blind).get("/api/charts/sales?period=day").then().statusCode(403);
        as(ksbId, Role.BACK_OFFICE).get("/api/totals").then().statusCode(403);
    }

    /** Differences of this enterprise: date, hour, currency, figure, missing sum. */
    private List<String> differences() throws SQLException {
        try (var connection = TestInfrastructure.database();
                var rows = connection.createStatement().executeQuery("""
                        select concat_ws(' ', coalesce(business_date::text, 'all'), hour, currency, figure, missing)
                        from total_differences where ksb_id = '%s'""".formatted(ksbId))) {
            List<String> differences = new ArrayList<>();
            while (rows.next()) {
                differences.add(rows.getString(1));
            }
            return differences;
        }
    }

    private void spoil(String sql) throws SQLException {
        execute(sql.formatted(ksbId));
    }

    private static Map<String, Object> aReturn(UUID id) {
        Map<String, Object> sale = aFinishedSale(id, AT);
        sale.put("kind", "RETURN");
        return sale;
    }

    /** Payments of 30 000: 1 USD, 1 EUR by card, the rest in cash with change. */
    private static Map<String, Object> paidInThreeWays(UUID id) {
        Map<String, Object> sale = aFinishedSale(id, AT);
        sale.put(
                "payments",
                List.of(
                        paid("CASH", "1", "USD", "12000.5"),
                        paid("CARD", "1", "EUR", "13000"),
                        paid("CASH", "10000", "UZS", "1")));
        return sale;
    }

    private static Map<String, Object> paid(String kind, String amount, String currency, String rate) {
        return Map.of("kind", kind, "amount", amount, "currency", currency, "rate", rate);
    }

    private void chart(String period, int points, String point) {
        as(ksbId, Role.CASHIER)
                .get("/api/charts/sales?period=" + period + "&date=2011-11-14")
                .then()
                .statusCode(200)
                .body("points.size()", equalTo(points))
                .body(point, equalTo("30000.00"));
    }

    private JsonNode tree(String data) {
        try {
            return json.readTree(data);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void tell(UUID event, int version, int products) {
        publish(
                Topics.PRODUCTS,
                new CloudEvent(event, "products.changed", "test", Instant.now(), null, ksbId, null),
                "{\"fromVersion\":0,\"toVersion\":" + version + ",\"counts\":{\"products\":" + products
                        + "},\"rows\":[]}");
    }
}
