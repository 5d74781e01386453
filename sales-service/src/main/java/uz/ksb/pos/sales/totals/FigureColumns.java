package uz.ksb.pos.sales.totals;

import io.vertx.mutiny.sqlclient.Row;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns that hold {@link Figures}; counts are the same in both currencies and stored once. */
final class FigureColumns {
    private static final List<String> COUNTS = List.of("count", "returns_count");
    private static final List<String> SUMS_OF_MONEY =
            List.of("gross", "returns", "cash", "card", "debt", "discount", "rounding");

    /** All, as a list. */
    static final String NAMES = each(name -> name);
    /** The sum of all. */
    static final String SUMS =
            each(name -> "sum(" + name + ")" + (COUNTS.contains(name) ? "::int" : "") + " as " + name);
    /** All, added to those of a row that is there. */
    static final String ADDED = each(name -> name + " = day_totals." + name + " + excluded." + name);

    private FigureColumns() {}

    static Figures read(Row row, String prefix) {
        return new Figures(
                row.getInteger("count"),
                row.getInteger("returns_count"),
                row.getBigDecimal(prefix + "gross"),
                row.getBigDecimal(prefix + "returns"),
                row.getBigDecimal(prefix + "cash"),
                row.getBigDecimal(prefix + "card"),
                row.getBigDecimal(prefix + "debt"),
                row.getBigDecimal(prefix + "discount"),
                row.getBigDecimal(prefix + "rounding"));
    }

    private static String each(Function<String, String> column) {
        return java.util.stream.Stream.of(
                        COUNTS.stream(),
                        SUMS_OF_MONEY.stream(),
                        SUMS_OF_MONEY.stream().map(name -> "main_" + name))
                .flatMap(names -> names)
                .map(column)
                .collect(Collectors.joining(", "));
    }
}
