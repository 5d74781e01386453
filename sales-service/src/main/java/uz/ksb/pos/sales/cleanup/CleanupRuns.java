package uz.ksb.pos.sales.cleanup;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;

/**
 * When the clean-up runs and ran. Times are the database's, so that replicas agree, moved by {@code pos.clock.offset} as
 * everything is.
 */
final class CleanupRuns {
    private static final String NOW = "(clock_timestamp() + $1::bigint * interval '1 millisecond')";

    private static final String BEGIN_COUNTING = "insert into empty_sale_schedule (last_run_at) select " + NOW
            + " where not exists (select from empty_sale_schedule) on conflict do nothing";

    /** A process that waits for the row's lock finds that it is not due any more. A last run in the future is ignored. */
    private static final String BEGIN_IF_DUE = """
            with due as (
              update empty_sale_schedule set last_run_at = %1$s
              where last_run_at not between %1$s - $2::bigint * interval '1 millisecond' and %1$s + interval '1 minute'
              returning last_run_at
            )
            insert into empty_sale_runs (started_at) select last_run_at from due""".formatted(NOW);

    private final Pool pool;
    private final long offset;

    CleanupRuns(Pool pool, Duration offset) {
        this.pool = pool;
        this.offset = offset.toMillis();
    }

    /** Notes a new run when one is due. The first is due one interval after the service was first started. */
    Uni<Void> beginIfDue(Duration interval) {
        return pool.preparedQuery(BEGIN_COUNTING)
                .execute(Tuple.of(offset))
                .chain(() -> pool.preparedQuery(BEGIN_IF_DUE).execute(Tuple.of(offset, interval.toMillis())))
                .replaceWithVoid();
    }

    /** @return a run that is not finished, locked until the transaction ends; null: none, or another process has it */
    Uni<Long> lockUnfinished(SqlConnection connection) {
        return connection
                .query("select id from empty_sale_runs where finished_at is null"
                        + " order by id limit 1 for update skip locked")
                .execute()
                .map(rows ->
                        rows.rowCount() == 0 ? null : rows.iterator().next().getLong("id"));
    }

    /** @param last whether nothing is left to delete */
    Uni<Void> deleted(SqlConnection connection, long run, int sales, boolean last) {
        return connection
                .preparedQuery("update empty_sale_runs set deleted = deleted + $3, finished_at = case when $4 then "
                        + NOW + " end where id = $2")
                .execute(Tuple.of(offset, run, sales, last))
                .replaceWithVoid();
    }
}
