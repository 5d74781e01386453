package uz.ksb.pos.sales.totals;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/** Reads the totals of a day: the sums and the changes not yet added to them, in one statement. */
@ApplicationScoped
class TotalsReading {
    /** An event has a limit; nobody pays in more. */
    private static final int MAX_CURRENCIES = 100;

    private static final String READ = """
            with fresh as materialized (select * from total_changes where ksb_id = $1),
            head as (
              select coalesce(max(e.version), 0) + coalesce(max(f.changes), 0) as version,
                     coalesce(max(e.not_delivered), 0) + coalesce(max(f.not_delivered), 0) as not_delivered,
                     coalesce(max(e.rejected), 0) + coalesce(max(f.rejected), 0) as rejected,
                     coalesce(max(e.to_review), 0) + coalesce(max(f.to_review), 0) as to_review,
                     coalesce(max(e.customers), 0) + coalesce(max(f.customers), 0) as customers,
                     coalesce(max(e.products), 0) as products
              from (select count(*) as changes, sum(not_delivered) as not_delivered, sum(rejected) as rejected,
                           sum(to_review) as to_review, sum(customers) as customers from fresh) f
              left join enterprise_totals e on e.ksb_id = $1
            ),
            parts as (
              select hour, currency, %1$s from day_totals where ksb_id = $1 and business_date = $2
              union all
              select hour, currency, %1$s from fresh where business_date = $2
            ),
            cells as (select hour, currency, %2$s from parts group by hour, currency)
            select head.version, head.not_delivered, head.rejected, head.to_review, head.customers, head.products,
                   cells.*
            from head left join cells on true""".formatted(FigureColumns.NAMES, FigureColumns.SUMS);

    private final Clock clock;

    TotalsReading(Clock clock) {
        this.clock = clock;
    }

    Uni<TotalsView> read(SqlClient client, String ksbId, LocalDate date, String mainCurrency) {
        return client.preparedQuery(READ).execute(Tuple.of(ksbId, date)).map(rows -> view(rows, date, mainCurrency));
    }

    private TotalsView view(RowSet<Row> rows, LocalDate date, String mainCurrency) {
        Figures main = Figures.NOTHING;
        Map<Integer, Figures> byHour = new TreeMap<>();
        Map<String, Figures> byCurrency = new TreeMap<>();
        for (Row row : rows) {
            if (row.getString("currency") != null) {
                Figures cell = FigureColumns.read(row, "main_");
                main = main.plus(cell);
                byHour.merge(row.getShort("hour").intValue(), cell, Figures::plus);
                byCurrency.merge(row.getString("currency"), FigureColumns.read(row, ""), Figures::plus);
            }
        }
        Row head = rows.iterator().next();
        return new TotalsView(
                date,
                mainCurrency,
                head.getLong("version"),
                main.count(),
                main.returnsCount(),
                main.gross(),
                main.returns(),
                main.net(),
                main.cash(),
                main.card(),
                main.debt(),
                main.discount(),
                main.rounding(),
                head.getInteger("customers"),
                head.getInteger("products"),
                head.getInteger("not_delivered"),
                head.getInteger("rejected"),
                head.getInteger("to_review"),
                byHour.entrySet().stream()
                        .filter(hour ->
                                hour.getValue().count() + hour.getValue().returnsCount() > 0)
                        .map(hour -> new TotalsView.Hour(
                                hour.getKey(),
                                hour.getValue().count(),
                                hour.getValue().net()))
                        .toList(),
                byCurrency.entrySet().stream()
                        .filter(currency -> !currency.getValue().isNothing())
                        .limit(MAX_CURRENCIES)
                        .map(currency -> TotalsView.InCurrency.of(currency.getKey(), currency.getValue()))
                        .toList(),
                clock.instant());
    }
}
