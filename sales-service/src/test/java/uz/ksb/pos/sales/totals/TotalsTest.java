package uz.ksb.pos.sales.totals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
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
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.platform.testing.TopicReader;

@QuarkusTest
class TotalsTest {
    private static final String AT = "2011-11-14T08:10:00+05:00";

    @Inject
    TotalsCheck check;

    @Inject
    TotalsFolding folding;

    private final String ksbId = anEnterprise();
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void theTotalsAreThoseOfAPlainSumAndADifferencePutInByHandIsFound() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (int till = 0; till < 4; till++) {
                threads.execute(() -> {
                    for (int i = 0; i < 5; i++) {
                        aCompletedSale(ksbId);
                        batch(ksbId, List.of(aFinishedSale(anId(), AT), Map.of("id", anId())))
                                .statusCode(200);
                    }
                });
            }
        }
        assertThat(differences()).isEmpty();
        folding.foldAll().await().atMost(Duration.ofSeconds(10));
        assertThat(differences()).isEmpty();
        assertThat(totals(ksbId, "2011-11-14").getInt("count")).isEqualTo(20);
        execute("update day_totals set main_gross = main_gross + 1 where ksb_id = '" + ksbId
                + "' and business_date = '2011-11-14'");
        assertThat(differences()).extracting(TotalsCheck.Difference::figure).containsExactly("gross");
        execute("update day_totals set main_gross = main_gross - 1 where ksb_id = '" + ksbId
                + "' and business_date = '2011-11-14'");
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
    void whatAKilledProcessLeftUnfoldedIsReadAndFoldedLater() throws Exception {
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

    private List<TotalsCheck.Difference> differences() {
        return check.differences().await().atMost(Duration.ofSeconds(10)).stream()
                .filter(difference -> difference.ksbId().equals(ksbId))
                .toList();
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
        var record = new ProducerRecord<String, String>(
                Topics.PRODUCTS,
                ksbId,
                "{\"fromVersion\":0,\"toVersion\":" + version + ",\"counts\":{\"products\":" + products
                        + "},\"rows\":[]}");
        new CloudEvent(event, "products.changed", "test", java.time.Instant.now(), null, ksbId, null)
                .writeTo(record.headers());
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", System.getProperty("kafka.bootstrap.servers")),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(record).get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
