package uz.ksb.pos.sales.aggregation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.util.function.Function;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.database.PassingFailure;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.metrics.PoisonRows;
import uz.ksb.pos.platform.schedule.SingleFlight;

/**
 * Adds the rows of a table of changes to their sums, soon after it was woken. However often it is woken, at most one
 * aggregation runs here, and one more follows.
 *
 * <p>A change that cannot be added is found by halving the number of changes per transaction. It is moved to
 * {@code aggregation_failures} with the reason, and the others go on. A failure that can pass, such as a lost connection, is
 * tried again when the aggregator is woken next.
 */
public final class Aggregator {
    private static final Logger LOG = Logger.getLogger(Aggregator.class);
    private static final int MAX_CHANGES = 1_000;
    private static final int MAX_REASON_LENGTH = 500;

    /** Only one aggregator runs at a time: two would deadlock on the sums. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

    private final String table;
    private final Transactions transactions;
    private final Sums sums;
    private final SingleFlight aggregation;
    private volatile int limit = MAX_CHANGES;

    /** Takes changes away and adds them to their sums. */
    public interface Sums {
        /** @param ids of the changes, in ascending order, at least one */
        Uni<Void> add(SqlConnection connection, Long[] ids);
    }

    /** Runs work in one transaction. */
    public interface Transactions {
        <T> Uni<T> in(Function<SqlConnection, Uni<T>> work);
    }

    /** These changes fail together. */
    private static final class Unaddable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Long[] ids;

        Unaddable(Long[] ids, Throwable cause) {
            super(cause.getMessage(), cause, false, false);
            this.ids = ids;
        }
    }

    /**
     * @param table of the changes, with an {@code id} that rises and a {@code ksb_id}
     * @param pause after an aggregation, so that changes that come close together are added as one
     */
    public Aggregator(String table, Duration pause, Transactions transactions, Sums sums) {
        this.table = table;
        this.transactions = transactions;
        this.sums = sums;
        this.aggregation = new SingleFlight(
                () -> aggregateAll().onItem().delayIt().by(pause),
                failure -> LOG.warnf("The aggregation of %s is interrupted and will go on: %s", table, failure));
    }

    /** Has the changes added soon. Call it after the commit. */
    public void wake() {
        aggregation.run();
    }

    /** Adds changes until nothing is left. */
    public Uni<Void> aggregateAll() {
        return Multi.createBy()
                .repeating()
                .uni(this::aggregateNext)
                .whilst(mayBeMore -> mayBeMore)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** @return whether there may be more */
    private Uni<Boolean> aggregateNext() {
        int now = limit;
        return transactions
                .in(connection -> aggregate(connection, now))
                .invoke(() -> limit = Math.min(MAX_CHANGES, now * 2))
                .map(added -> added == now)
                .onFailure(Unaddable.class)
                .recoverWithUni(failure -> divide((Unaddable) failure));
    }

    private Uni<Integer> aggregate(SqlConnection connection, int most) {
        return lock(connection)
                .chain(() -> connection
                        .preparedQuery("select id from " + table + " order by id limit $1")
                        .execute(Tuple.of(most)))
                .map(rows -> Rows.stream(rows).map(row -> row.getLong("id")).toArray(Long[]::new))
                .chain(ids -> ids.length == 0
                        ? Uni.createFrom().item(0)
                        : sums.add(connection, ids)
                                .onFailure(failure -> !PassingFailure.is(failure))
                                .transform(failure -> new Unaddable(ids, failure))
                                .replaceWith(ids.length));
    }

    private Uni<Boolean> divide(Unaddable failure) {
        if (failure.ids.length > 1) {
            limit = failure.ids.length / 2;
            return Uni.createFrom().item(true);
        }
        PoisonRows.count(PoisonRows.Kind.CHANGE, 1);
        LOG.warnf("A change of %s cannot be added and is set apart: %s", table, failure);
        return transactions
                .in(connection -> lock(connection).chain(() -> setApart(connection, failure)))
                .replaceWith(true);
    }

    private Uni<Void> setApart(SqlConnection connection, Unaddable failure) {
        String reason = String.valueOf(failure.getMessage());
        return connection
                .preparedQuery("with taken as (delete from " + table + " where id = $1 returning *)"
                        + " insert into aggregation_failures (source, ksb_id, change, reason)"
                        + " select $2, ksb_id, to_jsonb(taken), $3 from taken")
                .execute(Tuple.of(
                        failure.ids[0], table, reason.substring(0, Math.min(reason.length(), MAX_REASON_LENGTH))))
                .replaceWithVoid();
    }

    private Uni<Void> lock(SqlConnection connection) {
        return connection.preparedQuery(LOCK).execute(Tuple.of(table)).replaceWithVoid();
    }
}
