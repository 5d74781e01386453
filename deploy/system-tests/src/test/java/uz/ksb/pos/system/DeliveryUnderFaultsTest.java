package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.Session;

/** With any fault of the back office and Kafka, each sale is stored once, has one document there, and is in the totals. */
@Tag("long")
class DeliveryUnderFaultsTest {

    private static final String KSB_ID = "10000002";
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final Path DATA =
            Path.of("../../../shared/data").toAbsolutePath().normalize();

    private static RunningSystem system;
    private static BackOffice backOffice;
    private static Session manager;

    @TempDir
    Path temporary;

    /** A finished sale as the API shows it. */
    private record Sale(String id, LocalDate date, boolean isReturn, BigDecimal total, String delivery) {

        static Sale of(JsonNode view) {
            return new Sale(
                    view.path("id").asText(),
                    LocalDate.parse(view.path("businessDate").asText()),
                    view.path("kind").asText().equals("RETURN"),
                    new BigDecimal(view.path("total").asText()),
                    view.path("deliveryStatus").asText());
        }
    }

    @BeforeAll
    static void start() throws Exception {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        system = RunningSystem.start(Files.createTempDirectory(target, "faults-"));
        backOffice = system.backOffice();
        manager = system.api().session(KSB_ID, "menejer");
    }

    @AfterAll
    static void stop() throws Exception {
        if (system != null) {
            system.stop();
        }
    }

    @AfterEach
    void nothingIsAmissForOtherTests() {
        backOffice.worksAgain();
    }

    @Test
    void aWeekOfTheRealShopReachesAFaultyBackOffice() throws Exception {
        assumeTrue(Files.isDirectory(DATA), "skipped: the real shop's files (../shared/data) are not here");
        Map<String, Object> faults = Map.of(
                "method",
                "create_sales",
                "latencyMs",
                20,
                "lostAnswerRate",
                0.2,
                "htmlRate",
                0.05,
                "missingRowRate",
                0.05,
                "shuffledRows",
                true,
                "refuseRate",
                0.03,
                "seed",
                11);
        backOffice.order(faults);

        played(DATA, "--sales", "sales-week.csv", "--tills", "8", "--lose-answers", "0.2");

        within(LIMIT, () -> assertThat(totals("notDelivered")).isZero());
        assertThat(backOffice.struck()).contains("LOST_ANSWER", "HTML");
        List<Sale> refused = sales().stream()
                .filter(sale -> sale.delivery.equals("REJECTED"))
                .toList();
        assertThat(refused).isNotEmpty().hasSize(totals("rejected"));
        assertThat(backOffice.documents(KSB_ID))
                .extracting(BackOffice.Document::id)
                .doesNotContainAnyElementsOf(refused.stream().map(Sale::id).toList());
        backOffice.order(Map.of("method", "create_sales", "lostAnswerRate", 0.2, "seed", 12));
        for (Sale sale : refused) {
            assertThat(system.api()
                            .post("/api/sales/" + sale.id + "/delivery", manager.token(), Map.of())
                            .status())
                    .isEqualTo(202);
        }
        assertEachSaleHasOneDocumentAndTheTotalsAreThoseOfBoth();
    }

    @Test
    void salesWaitForABackOfficeThatIsDownOldestFirst() throws Exception {
        SmallShop shop = SmallShop.in(temporary.resolve("shop"), LocalDate.parse("2013-03-04"), 3, 400);
        int before = backOffice.count(KSB_ID);
        backOffice.order(Map.of("downForSeconds", 3_600));

        played(shop.folder(), "--tills", "8", "--lose-answers", "0.2");

        Set<String> sold = sales().stream()
                .filter(sale -> shop.days().contains(sale.date))
                .map(sale -> {
                    assertThat(sale.delivery).isEqualTo("NOT_DELIVERED");
                    return sale.id;
                })
                .collect(Collectors.toSet());
        assertThat(sold).hasSize(shop.sales() + shop.returns());
        assertThat(totals("notDelivered")).isEqualTo(sold.size());
        assertThat(backOffice.count(KSB_ID)).isEqualTo(before);

        backOffice.worksAgain();

        assertEachSaleHasOneDocumentAndTheTotalsAreThoseOfBoth();
        List<Instant> order = backOffice.documents(KSB_ID).stream()
                .filter(document -> sold.contains(document.id()))
                .map(BackOffice.Document::soldAt)
                .toList();
        assertThat(order).hasSize(sold.size()).isSorted();
    }

    @Test
    void aKillBeforeOurCommitMakesNoSecondDocument() throws Exception {
        SmallShop shop = SmallShop.in(temporary.resolve("shop"), LocalDate.parse("2013-05-06"), 1, 40);
        int before = backOffice.count(KSB_ID);
        // It stores every document, and no answer arrives: all it accepts is uncommitted here when the kill comes.
        backOffice.order(Map.of("method", "create_sales", "lostAnswerRate", 1));
        played(shop.folder());
        within(LIMIT, () -> assertThat(backOffice.count(KSB_ID)).isGreaterThanOrEqualTo(before + 3));

        system.kill("sales-service");
        backOffice.worksAgain();

        assertEachSaleHasOneDocumentAndTheTotalsAreThoseOfBoth();
        Set<String> ids = sales().stream()
                .filter(sale -> shop.days().contains(sale.date))
                .map(Sale::id)
                .collect(Collectors.toSet());
        assertThat(backOffice.repeated(KSB_ID)).filteredOn(ids::contains).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void ofTwoProcessesThatDeliverOneIsKilledAndTheOtherGoesOn() throws Exception {
        SmallShop shop = SmallShop.in(temporary.resolve("shop"), LocalDate.parse("2013-06-03"), 1, 150);
        int before = backOffice.count(KSB_ID);
        backOffice.order(Map.of("method", "create_sales", "latencyMs", 20, "lostAnswerRate", 0.1, "seed", 5));
        try (Replica second = Replica.of(system, "sales-service")) {
            PosCommand replay = system.replay(shop.folder(), "--tills", "4", "--lose-answers", "0.2");
            within(LIMIT, () -> assertThat(backOffice.count(KSB_ID)).isGreaterThan(before + 20));
            second.kill();
            assertThat(replay.exit(Duration.ofMinutes(5))).as(replay::output).isZero();
            backOffice.worksAgain();
            assertEachSaleHasOneDocumentAndTheTotalsAreThoseOfBoth();
        }
    }

    @Test
    void theTotalsAreExactWhileKafkaIsAwayAndTheEventsFollow() throws Exception {
        LocalDate day = LocalDate.parse("2013-07-08");
        Api.Login till = system.api().loggedIn(KSB_ID, "kassir");
        Set<String> sold = new TreeSet<>();
        system.freeze("Kafka");
        try {
            List<List<Map<String, Object>>> batches = IntStream.range(0, 20)
                    .mapToObj(i -> IntStream.range(0, 10)
                            .mapToObj(n -> aSale(day, sold))
                            .toList())
                    .toList();
            assertThat(atOnce(4, 20, i -> system.api().post("/api/sales/batch", till.token(), batches.get(i))))
                    .allMatch(answer -> answer.status() == 200);
            JsonNode totals =
                    system.api().get("/api/totals?date=" + day, till.token()).json();
            assertThat(totals.path("count").asInt()).isEqualTo(200);
            assertThat(totals.path("gross").asText()).isEqualTo("2500.00");
            checkTotals();
        } finally {
            system.goOn("Kafka");
        }
        within(LIMIT, () -> assertThat(TopicReader.all(system.kafka(), Topics.SALES).stream()
                        .filter(event -> event.event().type().equals("sale.completed"))
                        .map(event -> event.event().subject())
                        .filter(sold::contains)
                        .collect(Collectors.toSet()))
                .isEqualTo(sold));
        assertEachSaleHasOneDocumentAndTheTotalsAreThoseOfBoth();
    }

    private static Map<String, Object> aSale(LocalDate day, Set<String> sold) {
        FinishedSale sale = FinishedSale.of("GBP", day + "T10:00:00+05:00", "kafka-test", "12.50");
        sold.add(sale.id());
        return sale.document();
    }

    private static void assertEachSaleHasOneDocumentAndTheTotalsAreThoseOfBoth() throws Exception {
        within(LIMIT, () -> {
            assertThat(totals("notDelivered")).isZero();
            assertThat(totals("rejected")).isZero();
        });
        List<Sale> sales = sales();
        List<BackOffice.Document> documents = backOffice.documents(KSB_ID);
        assertThat(documents).extracting(BackOffice.Document::id).doesNotHaveDuplicates();
        Map<String, BigDecimal> amounts =
                documents.stream().collect(Collectors.toMap(BackOffice.Document::id, BackOffice.Document::amount));
        assertThat(amounts.keySet())
                .isEqualTo(sales.stream().map(Sale::id).collect(Collectors.toCollection(HashSet::new)));
        assertThat(sales).extracting(Sale::delivery).containsOnly("DELIVERED");

        Map<LocalDate, BigDecimal> there = new TreeMap<>();
        sales.forEach(sale -> there.merge(sale.date, amounts.get(sale.id), BigDecimal::add));
        there.forEach((date, amount) -> assertThat(new BigDecimal(system.api()
                        .get("/api/totals?date=" + date, manager.token())
                        .json()
                        .path("net")
                        .asText()))
                .as("net of %s", date)
                .isEqualByComparingTo(amount));
        checkTotals();
    }

    private static void checkTotals() throws InterruptedException {
        PosCommand check = system.totals("--check");
        assertThat(check.exit(Duration.ofMinutes(1))).as(check::output).isZero();
    }

    private static int totals(String figure) {
        return system.api()
                .get("/api/totals", manager.token())
                .json()
                .path(figure)
                .asInt(-1);
    }

    /** All finished sales of the enterprise. */
    private static List<Sale> sales() {
        return system.api().sales(manager.token()).stream().map(Sale::of).toList();
    }

    private static void played(Path folder, String... options) throws InterruptedException {
        PosCommand replay = system.replay(folder, options);
        assertThat(replay.exit(Duration.ofMinutes(5))).as(replay::output).isZero();
        assertThat(replay.output()).contains("All totals are equal.");
    }
}
