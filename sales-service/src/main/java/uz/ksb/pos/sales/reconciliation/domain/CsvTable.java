package uz.ksb.pos.sales.reconciliation.domain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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

    /** A column: the key of its heading, and what stands in it. */
    private record Column<T>(String key, Function<T, Object> value) {}

    /** After the till's code. */
    private static final List<Column<TillDay>> TILL_COLUMNS = List.of(
            new Column<>("name", TillDay::name),
            new Column<>("first", TillDay::first),
            new Column<>("last", TillDay::last),
            new Column<>("taken", TillDay::taken),
            new Column<>("missing", TillDay::missing),
            new Column<>("twice", TillDay::twice),
            new Column<>("sales", till -> till.sales().count()),
            new Column<>("salesSum", till -> till.sales().sum()),
            new Column<>("returns", till -> till.returns().count()),
            new Column<>("returnsSum", till -> till.returns().sum()),
            new Column<>("net", till -> till.net().sum()),
            new Column<>("held", till -> till.held().count()),
            new Column<>("heldSum", till -> till.held().sum()),
            new Column<>("conflicts", TillDay::conflicts),
            new Column<>("unsent", TillDay::unsent),
            new Column<>("delivered", till -> till.delivered().count()),
            new Column<>("deliveredSum", till -> till.delivered().sum()),
            new Column<>("waiting", till -> till.waiting().count()),
            new Column<>("waitingSum", till -> till.waiting().sum()),
            new Column<>("rejected", till -> till.rejected().count()),
            new Column<>("rejectedSum", till -> till.rejected().sum()),
            new Column<>("closed", till -> till.closed().count()),
            new Column<>("closedSum", till -> till.closed().sum()),
            new Column<>("unprocessed", TillDay::unprocessed),
            new Column<>("absent", TillDay::absent));

    /** After kind and action. */
    private static final List<Column<Difference>> DIFFERENCE_COLUMNS = List.of(
            new Column<>("till", Difference::till),
            new Column<>("number", Difference::number),
            new Column<>("lastNumber", Difference::lastNumber),
            new Column<>("count", Difference::count),
            new Column<>("amount", Difference::amount),
            new Column<>("there", Difference::there),
            new Column<>("currency", Difference::currency),
            new Column<>("reason", Difference::reason),
            new Column<>("at", Difference::at),
            new Column<>("id", Difference::id));

    /** The whole file. */
    public String of(Reconciliation day) {
        List<String> rows = new ArrayList<>();
        rows.add(row(word("date"), day.date()));
        rows.add(row(word("currency"), day.currency()));
        rows.add(row(word("backOffice"), word(day.backOffice().told() ? "compared" : "notCompared")));
        rows.add("");
        rows.add(row(TILL_COLUMNS, column -> word(column.key()), word("till")));
        day.tills()
                .forEach(till ->
                        rows.add(row(TILL_COLUMNS, column -> column.value().apply(till), till.code())));
        rows.add(row(TILL_COLUMNS, column -> column.value().apply(day.total()), word("total")));
        rows.add("");
        rows.add(row(DIFFERENCE_COLUMNS, column -> word(column.key()), word("kind"), word("action")));
        day.differences().forEach(one -> rows.add(difference(one)));
        return rows.stream().collect(Collectors.joining("\r\n", BOM, "\r\n"));
    }

    private String difference(Difference one) {
        String kind = word("kind." + one.kind().text());
        String action = word("action." + one.action().text());
        return row(DIFFERENCE_COLUMNS, column -> column.value().apply(one), kind, action);
    }

    private String word(String key) {
        return Objects.requireNonNull(words.get(key), key);
    }

    private static <T> String row(List<Column<T>> columns, Function<Column<T>, Object> cell, Object... before) {
        return row(
                Stream.concat(Arrays.stream(before), columns.stream().map(cell)).toArray());
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
