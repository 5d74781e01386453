package uz.ksb.pos.sales.reconciliation.domain;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A reconciliation as spreadsheets in Uzbekistan open it: UTF-8 with a byte order mark, semicolons, decimal commas, CRLF. No text of
 * a sale can become a formula.
 *
 * @param words the headings and the names of kinds and actions, by their keys
 */
public record CsvTable(Map<String, String> words) {
    private static final String BOM = "\ufeff";
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(,\\d+)?");
    private static final String FORMULA_SIGNS = "=+-@\t\r";

    private static final List<String> TILL_COLUMNS = List.of(
            "till",
            "name",
            "first",
            "last",
            "taken",
            "missing",
            "twice",
            "sales",
            "salesSum",
            "returns",
            "returnsSum",
            "net",
            "held",
            "heldSum",
            "conflicts",
            "unsent",
            "delivered",
            "deliveredSum",
            "waiting",
            "waitingSum",
            "rejected",
            "rejectedSum",
            "closed",
            "closedSum",
            "unprocessed",
            "absent");

    private static final List<String> DIFFERENCE_COLUMNS = List.of(
            "kind",
            "action",
            "till",
            "number",
            "lastNumber",
            "count",
            "amount",
            "there",
            "currency",
            "reason",
            "at",
            "id");

    /** The whole file. */
    public String of(Reconciliation day) {
        Stream<String> head = Stream.of(
                row(word("date"), day.date()),
                row(word("currency"), day.currency()),
                row(word("backOffice"), day.backOffice().told() ? word("compared") : word("notCompared")),
                "");
        Stream<String> tills = Stream.concat(
                Stream.of(headings(TILL_COLUMNS)),
                Stream.concat(day.tills().stream().map(this::till), Stream.of(total(day.total()))));
        Stream<String> differences = Stream.concat(
                Stream.of("", headings(DIFFERENCE_COLUMNS)),
                day.differences().stream().map(this::difference));
        return Stream.of(head, tills, differences)
                .flatMap(rows -> rows)
                .collect(Collectors.joining("\r\n", BOM, "\r\n"));
    }

    private String till(TillDay till) {
        return till(till.code(), till);
    }

    private String total(TillDay total) {
        return till(word("total"), total);
    }

    private String till(String code, TillDay till) {
        return row(
                code,
                till.name(),
                till.first(),
                till.last(),
                till.taken(),
                till.missing(),
                till.twice(),
                till.sales().count(),
                till.sales().sum(),
                till.returns().count(),
                till.returns().sum(),
                till.net().sum(),
                till.held().count(),
                till.held().sum(),
                till.conflicts(),
                till.unsent(),
                till.delivered().count(),
                till.delivered().sum(),
                till.waiting().count(),
                till.waiting().sum(),
                till.rejected().count(),
                till.rejected().sum(),
                till.closed().count(),
                till.closed().sum(),
                till.unprocessed(),
                till.absent());
    }

    private String difference(Difference one) {
        return row(
                word("kind." + one.kind().text()),
                word("action." + one.action().text()),
                one.till(),
                one.number(),
                one.lastNumber(),
                one.count(),
                one.amount(),
                one.there(),
                one.currency(),
                one.reason(),
                one.at(),
                one.id());
    }

    private String headings(List<String> columns) {
        return row(columns.stream().map(this::word).toArray());
    }

    private String word(String key) {
        return Objects.requireNonNull(words.get(key), key);
    }

    private static String row(Object... cells) {
        return Arrays.stream(cells).map(CsvTable::cell).collect(Collectors.joining(";"));
    }

    static String cell(Object value) {
        if (value == null) {
            return "";
        }
        String text =
                value instanceof BigDecimal amount ? amount.toPlainString().replace('.', ',') : value.toString();
        if (text.isEmpty() || NUMBER.matcher(text).matches()) {
            return text;
        }
        String safe = FORMULA_SIGNS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean quoted = safe.chars().anyMatch(c -> c == ';' || c == '"' || c == '\n' || c == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
