package uz.ksb.pos.sales.totals;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A change to the totals of a day, an hour and a currency, and to the figures of all dates.
 *
 * @param figures in {@code currency}
 * @param main the same in the enterprise's main currency
 */
public record TotalChange(
        String ksbId,
        LocalDate date,
        int hour,
        String currency,
        String mainCurrency,
        Figures figures,
        Figures main,
        Counters counters) {

    /** Figures of all dates: how many more there are. */
    record Counters(int notDelivered, int rejected, int toReview, int customers) {
        static final Counters NOTHING = new Counters(0, 0, 0, 0);

        Counters plus(Counters other) {
            return new Counters(
                    notDelivered + other.notDelivered,
                    rejected + other.rejected,
                    toReview + other.toReview,
                    customers + other.customers);
        }
    }

    public static TotalChange of(
            String ksbId,
            LocalDate date,
            int hour,
            String currency,
            String mainCurrency,
            Figures figures,
            Figures main) {
        return new TotalChange(ksbId, date, hour, currency, mainCurrency, figures, main, Counters.NOTHING);
    }

    /** A change to the figures of all dates only. */
    public static TotalChange counterChange(String ksbId, LocalDate date, String currency) {
        return of(ksbId, date, 0, currency, currency, Figures.NOTHING, Figures.NOTHING);
    }

    public TotalChange notDelivered(int more) {
        return with(new Counters(more, 0, 0, 0));
    }

    public TotalChange rejected(int more) {
        return with(new Counters(0, more, 0, 0));
    }

    public TotalChange toReview(int more) {
        return with(new Counters(0, 0, more, 0));
    }

    public TotalChange customers(int more) {
        return with(new Counters(0, 0, 0, more));
    }

    private TotalChange with(Counters more) {
        return new TotalChange(ksbId, date, hour, currency, mainCurrency, figures, main, counters.plus(more));
    }

    TotalChange plus(TotalChange other) {
        return new TotalChange(
                ksbId,
                date,
                hour,
                currency,
                mainCurrency,
                figures.plus(other.figures),
                main.plus(other.main),
                counters.plus(other.counters));
    }

    /** As the table's columns. */
    Map<String, Object> columns() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("ksb_id", ksbId);
        columns.put("business_date", date);
        columns.put("hour", hour);
        columns.put("currency", currency);
        columns.put("main_currency", mainCurrency);
        columns.put("count", figures.count());
        columns.put("returns_count", figures.returnsCount());
        put(columns, "", figures);
        put(columns, "main_", main);
        columns.put("not_delivered", counters.notDelivered());
        columns.put("rejected", counters.rejected());
        columns.put("to_review", counters.toReview());
        columns.put("customers", counters.customers());
        return columns;
    }

    private static void put(Map<String, Object> columns, String prefix, Figures figures) {
        columns.put(prefix + "gross", figures.gross());
        columns.put(prefix + "returns", figures.returns());
        columns.put(prefix + "cash", figures.cash());
        columns.put(prefix + "card", figures.card());
        columns.put(prefix + "debt", figures.debt());
        columns.put(prefix + "discount", figures.discount());
        columns.put(prefix + "rounding", figures.rounding());
    }
}
