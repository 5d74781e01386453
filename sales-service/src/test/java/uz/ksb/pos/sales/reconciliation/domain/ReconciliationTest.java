package uz.ksb.pos.sales.reconciliation.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.sales.reconciliation.domain.Reconciliation.Asked;
import uz.ksb.pos.sales.reconciliation.domain.Reconciliation.Day;

/** The comparison of a day, and its table. */
class ReconciliationTest {
    private static final LocalDate DATE = LocalDate.of(2026, 11, 23);
    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");
    private static final Asked TOLD = new Asked(true, null, 3);
    private static final Asked NOT_TOLD = new Asked(false, "cannot-tell", 3);

    private final List<Delivered> delivered = List.of(aSale(1, "100.00"), aSale(2, "250.50"), aSale(3, "-30.00"));

    @Test
    void aDayThatIsTheSameEverywhereHasNoDifference() {
        Reconciliation day = Reconciliation.of(aDay(List.of()), sums("100", "250.500", "-30"), TOLD, NOW);
        assertThat(day.differences()).isEmpty();
        assertThat(day.more()).isFalse();
        assertThat(day.total().net().sum()).isEqualByComparingTo("320.50");
    }

    @Test
    void aDocumentThatTheBackOfficeLostIsNamed() {
        Reconciliation day = Reconciliation.of(aDay(List.of()), sums("100", null, "-30"), TOLD, NOW);
        assertThat(day.differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Difference.Kind.ABSENT);
            assertThat(one.number()).isEqualTo("2-000002");
            assertThat(one.action()).isEqualTo(Difference.Action.REPEAT);
        });
        assertThat(day.tills().getFirst().absent()).isEqualTo(1);
    }

    @Test
    void anotherSumInTheBackOfficeIsNamedWithBoth() {
        Reconciliation day = Reconciliation.of(aDay(List.of()), sums("100", "250.50", "-20"), TOLD, NOW);
        assertThat(day.differences()).singleElement().satisfies(one -> {
            assertThat(one.kind()).isEqualTo(Difference.Kind.AMOUNT);
            assertThat(one.amount()).isEqualByComparingTo("-30");
            assertThat(one.there()).isEqualByComparingTo("-20");
        });
    }

    @Test
    void aBackOfficeThatCannotTellIsNoDifference() {
        Reconciliation day = Reconciliation.of(aDay(List.of()), null, NOT_TOLD, NOW);
        assertThat(day.differences()).isEmpty();
        assertThat(day.backOffice().told()).isFalse();
        Map<UUID, BigDecimal> unknownSums = new HashMap<>();
        delivered.forEach(sale -> unknownSums.put(sale.id(), null));
        assertThat(Reconciliation.of(aDay(List.of()), unknownSums, TOLD, NOW).differences())
                .isEmpty();
    }

    @Test
    void numbersThatNoSaleHasAreNamedWithoutThoseThatAreKept() {
        List<Gap> gaps = List.of(new Gap("till", 4, 9));
        Reconciliation day = Reconciliation.of(aDay(gaps, List.of(6L, 7L, 99L)), null, NOT_TOLD, NOW);
        assertThat(day.differences())
                .extracting(one -> one.number() + " " + one.lastNumber() + " " + one.count())
                .containsExactly("2-000004 2-000005 2", "2-000008 2-000009 2");
        assertThat(day.tills().getFirst().missing()).isEqualTo(4);
        assertThat(new Gap("till", 5, 5).without(List.of(5L))).isEmpty();
    }

    @Test
    void theListHasAnEnd() {
        List<Gap> gaps = LongStream.range(0, 600)
                .mapToObj(i -> new Gap("till", 2 * i + 1, 2 * i + 1))
                .toList();
        Reconciliation day = Reconciliation.of(aDay(gaps), null, NOT_TOLD, NOW);
        assertThat(day.differences()).hasSize(Reconciliation.MAX_DIFFERENCES);
        assertThat(day.more()).isTrue();
        assertThat(day.total().missing()).isEqualTo(600);
    }

    @Test
    void theTableOpensInSpreadsheetsAndHoldsNoFormula() throws IOException {
        Difference evil = Difference.of(
                Difference.Kind.REJECTED,
                "2",
                "2-000001",
                aSale(1, "1").id(),
                new BigDecimal("-1234.50"),
                "UZS",
                "=HYPERLINK(\"http://x\";\"y\")",
                NOW);
        Day whole = aDay(List.of());
        Day day = new Day(
                whole.date(), whole.currency(), whole.tills(), List.of(), Map.of(), List.of(evil), 0, false, delivered);
        for (Map<String, String> words : languages().values()) {
            String table = new CsvTable(words).of(Reconciliation.of(day, sums("100", "250.5", "-30"), TOLD, NOW));
            assertThat(table).startsWith("\ufeff").endsWith("\r\n");
            assertThat(table).contains("320,50");
            assertThat(table).contains("\"'=HYPERLINK(\"\"http://x\"\";\"\"y\"\")\"");
            assertThat(table).contains(";-1234,50;");
            assertThat(table.lines().filter(line -> line.startsWith("=") || line.contains(";=")))
                    .isEmpty();
        }
    }

    @Test
    void cellsThatBeginLikeAFormulaAreText() {
        assertThat(List.of("=1", "+1x", "-x", "@a", "\tx"))
                .allSatisfy(text ->
                        assertThat(CsvTable.cell(text).replace("\"", "")).startsWith("'"));
        assertThat(CsvTable.cell("-5")).isEqualTo("-5");
        assertThat(CsvTable.cell(new BigDecimal("-5.10"))).isEqualTo("-5,10");
        assertThat(CsvTable.cell("a;b\"c")).isEqualTo("\"a;b\"\"c\"");
        assertThat(CsvTable.cell(null)).isEmpty();
    }

    private static Map<String, Map<String, String>> languages() throws IOException {
        try (InputStream file = ReconciliationTest.class.getResourceAsStream("/reconciliation-words.json")) {
            return new ObjectMapper().readValue(file, new TypeReference<>() {});
        }
    }

    private Map<UUID, BigDecimal> sums(String... sums) {
        Map<UUID, BigDecimal> told = new HashMap<>();
        List<String> each = Arrays.asList(sums);
        for (int i = 0; i < each.size(); i++) {
            if (each.get(i) != null) {
                told.put(delivered.get(i).id(), new BigDecimal(each.get(i)));
            }
        }
        return told;
    }

    private static Delivered aSale(int number, String amount) {
        UUID id = new UUID(7, number);
        return new Delivered(id, "till", "2", "2-00000" + number, new BigDecimal(amount), "UZS", NOW);
    }

    private Day aDay(List<Gap> gaps) {
        return aDay(gaps, List.of());
    }

    private Day aDay(List<Gap> gaps, List<Long> reserved) {
        Figure net = new Figure(3, new BigDecimal("320.50"));
        TillDay till = new TillDay(
                "till",
                "2",
                "Kassa",
                "working",
                0,
                1L,
                3L,
                3,
                0,
                0,
                net,
                Figure.NONE,
                net,
                Figure.NONE,
                0,
                net,
                Figure.NONE,
                Figure.NONE,
                Figure.NONE,
                0,
                0);
        return new Day(DATE, "UZS", List.of(till), gaps, Map.of("till", reserved), List.of(), 0, false, delivered);
    }
}
