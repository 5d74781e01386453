package uz.ksb.pos.sales.totals;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a transaction adds to the totals of a day, an hour and a currency, and to the figures of all dates.
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
        int notDelivered,
        int rejected,
        int toReview,
        int customers) {

    public static TotalChange of(
            String ksbId,
            LocalDate date,
            int hour,
            String currency,
            String mainCurrency,
            Figures figures,
            Figures main) {
        return new TotalChange(ksbId, date, hour, currency, mainCurrency, figures, main, 0, 0, 0, 0);
    }

    /** A change to the figures of all dates only. */
    public static TotalChange ofNoSale(String ksbId, LocalDate date, String currency) {
        return of(ksbId, date, 0, currency, currency, Figures.NOTHING, Figures.NOTHING);
    }

    public TotalChange notDelivered(int more) {
        return new TotalChange(
                ksbId,
                date,
                hour,
                currency,
                mainCurrency,
                figures,
                main,
                notDelivered + more,
                rejected,
                toReview,
                customers);
    }

    public TotalChange rejected(int more) {
        return new TotalChange(
                ksbId,
                date,
                hour,
                currency,
                mainCurrency,
                figures,
                main,
                notDelivered,
                rejected + more,
                toReview,
                customers);
    }

    public TotalChange toReview(int more) {
        return new TotalChange(
                ksbId,
                date,
                hour,
                currency,
                mainCurrency,
                figures,
                main,
                notDelivered,
                rejected,
                toReview + more,
                customers);
    }

    public TotalChange customers(int more) {
        return new TotalChange(
                ksbId,
                date,
                hour,
                currency,
                mainCurrency,
                figures,
                main,
                notDelivered,
                rejected,
                toReview,
                customers + more);
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
                notDelivered + other.notDelivered,
                rejected + other.rejected,
                toReview + other.toReview,
                customers + other.customers);
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
        columns.put("not_delivered", notDelivered);
        columns.put("rejected", rejected);
        columns.put("to_review", toReview);
        columns.put("customers", customers);
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
