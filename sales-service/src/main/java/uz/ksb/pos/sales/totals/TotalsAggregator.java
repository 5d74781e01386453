package uz.ksb.pos.sales.totals;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.sales.aggregation.Aggregator;
import uz.ksb.pos.sales.enterprise.Enterprises;

/**
 * Takes the changes of the totals, adds them to the day's rows and tells of the new totals, in one transaction.
 *
 * <p>It is woken after commits. A sweep finds the changes that a killed process has left.
 */
@ApplicationScoped
public class TotalsAggregator {
    /** Between two aggregations. A person at a screen needs no more a second, and close changes become one event. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final String COLUMNS = "ksb_id, business_date, hour, currency, main_currency, " + FigureColumns.NAMES
            + ", not_delivered, rejected, to_review, customers";

    private static final String ADD = "insert into total_changes (" + COLUMNS + ") select " + COLUMNS
            + " from json_populate_recordset(null::total_changes, $1::text::json)";

    private static final String AGGREGATE = """
            with taken as (delete from total_changes where id = any($1) returning *),
            days as (
              insert into day_totals (ksb_id, business_date, hour, currency, %1$s)
              select ksb_id, business_date, hour, currency, %2$s from taken group by 1, 2, 3, 4
              on conflict (ksb_id, business_date, hour, currency) do update set %3$s
            ),
            heads as (
              insert into enterprise_totals as total (ksb_id, version, not_delivered, rejected, to_review, customers)
              select ksb_id, count(*), sum(not_delivered), sum(rejected), sum(to_review), sum(customers)
              from taken group by 1
              on conflict (ksb_id) do update set version = total.version + excluded.version,
                not_delivered = total.not_delivered + excluded.not_delivered,
                rejected = total.rejected + excluded.rejected,
                to_review = total.to_review + excluded.to_review,
                customers = total.customers + excluded.customers
            )
            select ksb_id, business_date, max(main_currency) as main_currency
            from taken group by 1, 2 order by 1, 2""".formatted(FigureColumns.NAMES, FigureColumns.SUMS, FigureColumns.ADDED);

    private final Outbox outbox;
    private final TotalsReading reading;
    private final Enterprises enterprises;
    private final ObjectMapper json;
    private final Aggregator aggregator;

    TotalsAggregator(Outbox outbox, TotalsReading reading, Enterprises enterprises, ObjectMapper json) {
        this.outbox = outbox;
        this.reading = reading;
        this.enterprises = enterprises;
        this.json = json;
        this.aggregator = new Aggregator("total_changes", PAUSE, outbox::inTransaction, this::add);
    }

    private record Day(String ksbId, LocalDate date) {}

    /** Adds changes in the transaction of what causes them; those of one cell become one row. */
    public Uni<Void> add(SqlConnection connection, List<TotalChange> changes) {
        if (changes.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection.preparedQuery(ADD).execute(Tuple.of(rows(changes))).replaceWithVoid();
    }

    /** Has the changes added soon. Call it after the commit. */
    public void wake() {
        aggregator.wake();
    }

    @Scheduled(every = "2s", delayed = "1s")
    void sweep() {
        aggregator.wake();
    }

    /** Adds changes until nothing is left. */
    Uni<Void> aggregateAll() {
        return aggregator.aggregateAll();
    }

    private Uni<Void> add(SqlConnection connection, Long[] ids) {
        return connection.preparedQuery(AGGREGATE).execute(Tuple.of(ids)).chain(days -> tell(connection, days));
    }

    private Uni<Void> tell(SqlConnection connection, RowSet<Row> changed) {
        Map<Day, String> days = new LinkedHashMap<>();
        Set<Day> todays = new LinkedHashSet<>();
        for (Row row : changed) {
            String ksbId = row.getString("ksb_id");
            days.put(new Day(ksbId, row.getLocalDate("business_date")), row.getString("main_currency"));
            // The figures of all dates changed too: a till that watches today must see them.
            enterprises.today(ksbId).ifPresent(date -> todays.add(new Day(ksbId, date)));
        }
        todays.forEach(today -> days.putIfAbsent(today, enterprises.currency(today.ksbId())));
        return OneByOne.map(
                        days.entrySet(),
                        day -> reading.read(
                                connection, day.getKey().ksbId(), day.getKey().date(), day.getValue()))
                .chain(totals -> outbox.add(connection, events(List.copyOf(days.keySet()), totals)));
    }

    private static List<Event> events(List<Day> days, List<TotalsView> totals) {
        return java.util.stream.IntStream.range(0, days.size())
                .mapToObj(i -> new Event(
                        Topics.TOTALS,
                        "totals.changed",
                        days.get(i).ksbId(),
                        days.get(i).date().toString(),
                        totals.get(i)))
                .toList();
    }

    private String rows(List<TotalChange> changes) {
        Map<List<Object>, TotalChange> cells = new LinkedHashMap<>();
        changes.forEach(change -> cells.merge(
                List.of(change.ksbId(), change.date(), change.hour(), change.currency()), change, TotalChange::plus));
        return Json.write(
                json, cells.values().stream().map(TotalChange::columns).toList());
    }
}
