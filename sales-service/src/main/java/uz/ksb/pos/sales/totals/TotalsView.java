package uz.ksb.pos.sales.totals;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The totals of one enterprise and business date, in its main currency.
 *
 * @param version rises with every change of the enterprise
 * @param gross totals of the sales after discount; {@code returns} those of the returns, positive; net = gross - returns
 * @param cash in, less change and what was paid back
 * @param notDelivered and {@code rejected}, {@code toReview}: of all dates
 */
public record TotalsView(
        LocalDate date,
        String currency,
        long version,
        int count,
        int returnsCount,
        BigDecimal gross,
        BigDecimal returns,
        BigDecimal net,
        BigDecimal cash,
        BigDecimal card,
        BigDecimal debt,
        BigDecimal discount,
        BigDecimal rounding,
        int customers,
        int products,
        int notDelivered,
        int rejected,
        int toReview,
        List<Hour> hours,
        List<InCurrency> byCurrency,
        Instant at) {

    /** @param hour 0-23, of the enterprise's clock */
    public record Hour(int hour, int count, BigDecimal net) {}

    /** The same figures in the currency they came in. */
    public record InCurrency(
            String currency,
            int count,
            int returnsCount,
            BigDecimal gross,
            BigDecimal returns,
            BigDecimal net,
            BigDecimal cash,
            BigDecimal card,
            BigDecimal debt,
            BigDecimal discount,
            BigDecimal rounding) {

        static InCurrency of(String currency, Figures figures) {
            return new InCurrency(
                    currency,
                    figures.count(),
                    figures.returnsCount(),
                    figures.gross(),
                    figures.returns(),
                    figures.net(),
                    figures.cash(),
                    figures.card(),
                    figures.debt(),
                    figures.discount(),
                    figures.rounding());
        }
    }
}
