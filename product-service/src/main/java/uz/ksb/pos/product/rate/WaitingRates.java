package uz.ksb.pos.product.rate;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.schedule.OneByOne;

/** Rates that wait for their date; then they are set as if somebody did it at that moment. */
@ApplicationScoped
class WaitingRates {
    private static final Logger LOG = Logger.getLogger(WaitingRates.class);

    /** Of one currency: nobody plans further ahead. */
    private static final int MAX_WAITING = 50;

    private static final String KEEP = """
            insert into waiting_rates as stored (ksb_id, currency, valid_from, rate, set_by)
            select $1, $2, $3, $4, $5
            where (select count(*) from waiting_rates where ksb_id = $1 and currency = $2 and valid_from <> $3) < $6
            on conflict (ksb_id, currency, valid_from) do update set rate = excluded.rate, set_by = excluded.set_by
            returning 1""";

    private static final String DUE = "select distinct ksb_id from waiting_rates where valid_from <= $1 limit 100";

    private static final String TAKE = """
            delete from waiting_rates where ksb_id = $1 and valid_from <= $2
            returning currency, valid_from, rate, set_by""";

    private static final String LIST = """
            select currency, valid_from, rate, set_by from waiting_rates where ksb_id = $1 order by valid_from, currency""";

    private final Pool pool;
    private final Outbox outbox;
    private final CurrencyRates rates;
    private final Clock clock;

    WaitingRates(Pool pool, Outbox outbox, CurrencyRates rates, Clock clock) {
        this.pool = pool;
        this.outbox = outbox;
        this.rates = rates;
        this.clock = clock;
    }

    /**
     * A rate that waits.
     *
     * @param setBy who set it
     */
    record WaitingRate(String currency, BigDecimal rate, OffsetDateTime validFrom, String setBy) {
        NewRate due() {
            return new NewRate(currency, rate, validFrom, setBy);
        }
    }

    /** Keeps a rate for its date; another one for the same moment is replaced. Returns false when too many wait. */
    static Uni<Boolean> keep(SqlConnection connection, String ksbId, NewRate rate) {
        return connection
                .preparedQuery(KEEP)
                .execute(Tuple.from(
                        List.of(ksbId, rate.currency(), rate.setAt(), rate.rate(), rate.setBy(), MAX_WAITING)))
                .map(rows -> rows.size() > 0);
    }

    /** Those of an enterprise, the next one first. */
    Uni<List<WaitingRate>> of(String ksbId) {
        return pool.preparedQuery(LIST).execute(Tuple.of(ksbId)).map(rows -> Rows.list(rows, WaitingRates::read));
    }

    /** Sets what is due. Harmless on several replicas at once. */
    @Scheduled(every = "2s", delayed = "2s")
    Uni<Void> setDue() {
        OffsetDateTime now = Rows.timestamp(clock.instant());
        return pool.preparedQuery(DUE)
                .execute(Tuple.of(now))
                .chain(rows -> OneByOne.each(rows, row -> setDue(row.getString("ksb_id"), now)))
                .onFailure()
                .invoke(failure -> LOG.warnf("Rates that are due wait on: %s", failure))
                .onFailure()
                .recoverWithNull();
    }

    /** In the order of their dates, so that each has its place in the history; one enterprise's failure stops no other. */
    private Uni<Void> setDue(String ksbId, OffsetDateTime now) {
        return outbox.inTransaction(connection -> connection
                        .preparedQuery(TAKE)
                        .execute(Tuple.of(ksbId, now))
                        .map(rows -> Rows.stream(rows)
                                .map(WaitingRates::read)
                                .sorted(Comparator.comparing(WaitingRate::validFrom))
                                .toList())
                        .chain(due -> OneByOne.each(due, rate -> rates.set(connection, ksbId, List.of(rate.due())))))
                .onFailure()
                .invoke(failure -> LOG.warnf("The rates of %s that are due wait on: %s", ksbId, failure))
                .onFailure()
                .recoverWithNull();
    }

    private static WaitingRate read(Row row) {
        return new WaitingRate(
                row.getString("currency"),
                row.getBigDecimal("rate"),
                row.getOffsetDateTime("valid_from"),
                row.getString("set_by"));
    }
}
