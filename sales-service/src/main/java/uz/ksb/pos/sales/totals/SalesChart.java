package uz.ksb.pos.sales.totals;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The sales of a period, point by point: hours of a day, days of a week or month, months of a year. */
@ApplicationScoped
class SalesChart {
    private static final String READ = """
            select %1$s as at, sum(count)::int as count, sum(returns_count)::int as returns_count,
                   sum(main_gross) as gross, sum(main_returns) as returns
            from (select business_date, hour, count, returns_count, main_gross, main_returns from day_totals
                  where ksb_id = $1 and business_date between $2 and $3
                  union all
                  select business_date, hour, count, returns_count, main_gross, main_returns from total_changes
                  where ksb_id = $1 and business_date between $2 and $3) as parts
            group by 1""";

    private final Pool pool;

    SalesChart(Pool pool) {
        this.pool = pool;
    }

    /** A week begins on Monday. */
    enum Period {
        DAY("hour::text"),
        WEEK("business_date::text"),
        MONTH("business_date::text"),
        YEAR("to_char(business_date, 'YYYY-MM')");

        private final String key;

        Period(String key) {
            this.key = key;
        }

        LocalDate from(LocalDate date) {
            return switch (this) {
                case DAY -> date;
                case WEEK -> date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                case MONTH -> date.withDayOfMonth(1);
                case YEAR -> date.withDayOfYear(1);
            };
        }

        LocalDate to(LocalDate date) {
            return switch (this) {
                case DAY -> date;
                case WEEK -> from(date).plusDays(6);
                case MONTH -> date.with(TemporalAdjusters.lastDayOfMonth());
                case YEAR -> date.with(TemporalAdjusters.lastDayOfYear());
            };
        }

        /** Every point, also those without sales. */
        List<String> points(LocalDate date) {
            return switch (this) {
                case DAY -> IntStream.range(0, 24).mapToObj(Integer::toString).toList();
                case WEEK, MONTH ->
                    from(date)
                            .datesUntil(to(date).plusDays(1))
                            .map(LocalDate::toString)
                            .toList();
                case YEAR ->
                    IntStream.rangeClosed(1, 12)
                            .mapToObj(
                                    month -> YearMonth.of(date.getYear(), month).toString())
                            .toList();
            };
        }
    }

    /** @param at an hour (0-23), a date or a month ({@code 2026-11}) */
    record Point(String at, int count, int returnsCount, BigDecimal gross, BigDecimal returns, BigDecimal net) {}

    record Chart(String period, LocalDate from, LocalDate to, String currency, List<Point> points) {}

    Uni<Chart> read(String ksbId, Period period, LocalDate date, String currency) {
        return pool.preparedQuery(READ.formatted(period.key))
                .execute(Tuple.of(ksbId, period.from(date), period.to(date)))
                .map(rows -> chart(rows, period, date, currency));
    }

    private static Chart chart(RowSet<Row> rows, Period period, LocalDate date, String currency) {
        Map<String, Point> points = new HashMap<>();
        rows.forEach(row -> points.put(
                row.getString("at"),
                new Point(
                        row.getString("at"),
                        row.getInteger("count"),
                        row.getInteger("returns_count"),
                        row.getBigDecimal("gross"),
                        row.getBigDecimal("returns"),
                        row.getBigDecimal("gross").subtract(row.getBigDecimal("returns")))));
        BigDecimal nothing = new BigDecimal("0.00");
        return new Chart(
                period.name().toLowerCase(java.util.Locale.ROOT),
                period.from(date),
                period.to(date),
                currency,
                period.points(date).stream()
                        .map(at -> points.getOrDefault(at, new Point(at, 0, 0, nothing, nothing, nothing)))
                        .toList());
    }
}
