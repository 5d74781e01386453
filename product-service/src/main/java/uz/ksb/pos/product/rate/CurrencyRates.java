package uz.ksb.pos.product.rate;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uz.ksb.pos.platform.database.Readings;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.paging.Page;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.product.reference.Iso4217;

/** The stored rates. */
@ApplicationScoped
public class CurrencyRates {
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended('currency-rates ' || $1, 0))";

    private static final String CURRENT = """
            select distinct on (r.currency) r.currency, coalesce(i.name, r.currency) as name, r.rate, r.version,
                   r.set_at, r.set_by
            from currency_rates r
            left join reference_items i on i.ksb_id = r.ksb_id and i.kind = 'currencies' and i.id = r.currency
            where r.ksb_id = $1 order by r.currency, r.version desc""";

    /** Only rates that are newer than the current one and differ from it. */
    private static final String SET = """
            insert into currency_rates (ksb_id, currency, rate, set_at, set_by)
            select $1, given.currency, given.rate::numeric, given.set_at, given.set_by
            from unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[]) as given (currency, rate, set_at, set_by)
            left join lateral (
                select rate, set_at from currency_rates
                where ksb_id = $1 and currency = given.currency order by version desc limit 1) stored on true
            where stored.rate is null or (given.set_at >= stored.set_at and given.rate::numeric <> stored.rate)
            returning currency""";

    private static final String CHANGES = """
            select currency, rate, version, set_at,
                (select coalesce(max(version), 0) from currency_rates where ksb_id = $1) as newest
            from currency_rates where ksb_id = $1 and version > $2 order by version limit $3""";

    private static final String HISTORY = """
            select rate, version, set_at, set_by from currency_rates
            where ksb_id = $1 and currency = $2 and version < $3 order by version desc limit $4""";

    private static final String IS_REFERENCE = """
            select 1 from reference_items where ksb_id = $1 and kind = 'currencies' and id = $2 and not deleted""";

    private final Pool pool;
    private final Outbox outbox;
    private final Readings readings;
    private final Clock clock;

    CurrencyRates(Pool pool, Outbox outbox, Readings readings, Clock clock) {
        this.clock = clock;
        this.readings = readings;
        this.pool = pool;
        this.outbox = outbox;
    }

    /** The version of all rates together: rises with each of them. */
    static long version(List<CurrencyRate> rates) {
        return rates.stream().mapToLong(CurrencyRate::version).max().orElse(0);
    }

    Uni<List<CurrencyRate>> current(String ksbId) {
        return readings.within(ksbId, Readings.SEARCH, connection -> current(connection, ksbId));
    }

    /**
     * Sets rates, in the transaction of {@code connection}, and tells of those that are new. A rate of a later date is kept until
     * then.
     *
     * @param rates each currency at most once
     * @return how many changed, or wait
     */
    public Uni<Integer> set(SqlConnection connection, String ksbId, List<NewRate> rates) {
        Instant now = clock.instant();
        Map<Boolean, List<NewRate>> byDate = rates.stream()
                .collect(Collectors.partitioningBy(
                        rate -> rate.setAt().toInstant().isAfter(now)));
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(ksbId))
                .chain(() -> keepAll(connection, ksbId, byDate.get(true)))
                .chain(kept -> connection
                        .preparedQuery(SET)
                        .execute(columns(ksbId, byDate.get(false)))
                        .map(CurrencyRates::currencies)
                        .call(changed -> tell(connection, ksbId, changed))
                        .map(changed -> changed.size() + kept));
    }

    private static Uni<Integer> keepAll(SqlConnection connection, String ksbId, List<NewRate> waiting) {
        return OneByOne.map(waiting, rate -> WaitingRates.keep(connection, ksbId, rate))
                .map(kept -> (int) kept.stream().filter(one -> one).count());
    }

    /** Tells of all rates once more: copies that lost an event have them again. */
    public Uni<Void> tellAgain(SqlConnection connection, String ksbId) {
        return publish(connection, ksbId, List.of());
    }

    /**
     * A rate that was set once.
     *
     * @param validFrom until the next one of its currency
     */
    record RateChange(String currency, BigDecimal rate, long version, OffsetDateTime validFrom) {}

    /**
     * All rates ever, in the order in which they were set: whoever applies them has the history.
     *
     * @param version of the last item; {@code after} when there is none
     */
    record Changes(List<RateChange> items, long version, boolean more) {}

    Uni<Changes> changes(String ksbId, long after, int limit) {
        return readings.within(ksbId, Readings.SEARCH, connection -> connection
                        .preparedQuery(CHANGES)
                        .execute(Tuple.of(ksbId, after, limit)))
                .map(rows -> changes(rows, after));
    }

    private static Changes changes(RowSet<Row> rows, long after) {
        List<RateChange> items = new ArrayList<>();
        long newest = after;
        for (Row row : rows) {
            newest = row.getLong("newest");
            items.add(new RateChange(
                    row.getString("currency"),
                    row.getBigDecimal("rate"),
                    row.getLong("version"),
                    row.getOffsetDateTime("set_at")));
        }
        long version = items.isEmpty() ? after : items.getLast().version();
        return new Changes(items, version, version < newest);
    }

    /**
     * A rate that was valid once.
     *
     * @param setBy who set it
     */
    record PastRate(BigDecimal rate, long version, OffsetDateTime validFrom, String setBy) {}

    /** The rates of a currency, the newest first, below {@code version}; null: from the newest on; 404: it never had one. */
    Uni<Page<PastRate>> history(String ksbId, String currency, Long version, int limit) {
        return readings.within(ksbId, Readings.SEARCH, connection -> connection
                        .preparedQuery(HISTORY)
                        .execute(Tuple.of(ksbId, currency, version == null ? Long.MAX_VALUE : version, limit + 1)))
                .invoke(rows -> {
                    if (version == null && rows.size() == 0) {
                        throw Problem.notFound("A rate of " + currency);
                    }
                })
                .map(rows -> Page.of(
                        Rows.list(
                                rows,
                                row -> new PastRate(
                                        row.getBigDecimal("rate"),
                                        row.getLong("version"),
                                        row.getOffsetDateTime("set_at"),
                                        row.getString("set_by"))),
                        limit,
                        rate -> List.of(Long.toString(rate.version()))));
    }

    /**
     * Sets one rate; returns the one that is valid then, which is still the present one when the new one waits for its date.
     *
     * @throws Problem 422 for a currency that is neither of ISO 4217 nor of the enterprise's reference data, or when too many rates
     *     wait already
     */
    Uni<CurrencyRate> set(String ksbId, NewRate rate) {
        return mustBeKnown(ksbId, rate.currency()).chain(() -> setKnown(ksbId, rate));
    }

    private Uni<Void> mustBeKnown(String ksbId, String currency) {
        if (Iso4217.isCurrency(currency)) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(IS_REFERENCE)
                .execute(Tuple.of(ksbId, currency))
                .invoke(found -> {
                    if (found.size() == 0) {
                        throw Problem.rule("unknown-currency", "currency", "is not a currency");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<CurrencyRate> setKnown(String ksbId, NewRate rate) {
        return outbox.inTransaction(connection -> set(connection, ksbId, List.of(rate))
                .invoke(changed -> {
                    if (changed == 0 && rate.setAt().toInstant().isAfter(clock.instant())) {
                        throw Problem.rule("too-many-rates", "validFrom", "has too many rates waiting before it");
                    }
                })
                .chain(() -> current(connection, ksbId))
                .map(rates -> rates.stream()
                        .filter(one -> one.currency().equals(rate.currency()))
                        .findFirst()
                        .orElse(null)));
    }

    private Uni<Void> tell(SqlConnection connection, String ksbId, List<String> changed) {
        return changed.isEmpty() ? Uni.createFrom().voidItem() : publish(connection, ksbId, changed);
    }

    private Uni<Void> publish(SqlConnection connection, String ksbId, List<String> changed) {
        return current(connection, ksbId)
                .map(rates -> new RatesChanged(version(rates), changed, rates))
                .chain(data -> data.items().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : outbox.add(connection, new Event(Topics.RATES, RatesChanged.TYPE, ksbId, ksbId, data)));
    }

    private static Uni<List<CurrencyRate>> current(SqlClient client, String ksbId) {
        return client.preparedQuery(CURRENT).execute(Tuple.of(ksbId)).map(CurrencyRates::rates);
    }

    private static Tuple columns(String ksbId, List<NewRate> rates) {
        return Tuple.tuple()
                .addString(ksbId)
                .addArrayOfString(rates.stream().map(NewRate::currency).toArray(String[]::new))
                .addArrayOfString(rates.stream()
                        .map(NewRate::rate)
                        .map(BigDecimal::toPlainString)
                        .toArray(String[]::new))
                .addArrayOfOffsetDateTime(rates.stream().map(NewRate::setAt).toArray(OffsetDateTime[]::new))
                .addArrayOfString(rates.stream().map(NewRate::setBy).toArray(String[]::new));
    }

    private static List<String> currencies(RowSet<Row> rows) {
        List<String> currencies = new ArrayList<>();
        rows.forEach(row -> currencies.add(row.getString("currency")));
        return currencies;
    }

    private static List<CurrencyRate> rates(RowSet<Row> rows) {
        List<CurrencyRate> rates = new ArrayList<>();
        for (Row row : rows) {
            rates.add(new CurrencyRate(
                    row.getString("currency"),
                    row.getString("name"),
                    row.getBigDecimal("rate"),
                    row.getLong("version"),
                    row.getOffsetDateTime("set_at"),
                    row.getString("set_by")));
        }
        return rates;
    }
}
