package uz.ksb.pos.sales.cleanup;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import uz.ksb.pos.platform.database.DatabaseClock;
import uz.ksb.pos.platform.database.Rows;

/** When the clean-up runs and ran. Times are the database's, so that replicas agree. */
final class CleanupRuns {
    private static final String BEGIN_COUNTING = """
            insert into empty_sale_schedule (last_run_at) select %s
            where not exists (select from empty_sale_schedule) on conflict do nothing""";

    /** A process that waits for the row's lock finds that it is not due any more. A last run in the future is ignored. */
    private static final String BEGIN_IF_DUE = """
            with due as (
              update empty_sale_schedule set last_run_at = %1$s
              where last_run_at not between %1$s - $1::bigint * interval '1 millisecond' and %1$s + interval '1 minute'
              returning last_run_at
            )
            insert into empty_sale_runs (started_at) select last_run_at from due""";

    private final Pool pool;
    private final String now;

    CleanupRuns(Pool pool, DatabaseClock clock) {
        this.pool = pool;
        this.now = clock.now();
    }

    /** Notes a new run when one is due. The first is due one interval after the service was first started. */
    Uni<Void> beginIfDue(Duration interval) {
        return pool.query(BEGIN_COUNTING.formatted(now))
                .execute()
                .chain(() -> pool.preparedQuery(BEGIN_IF_DUE.formatted(now)).execute(Tuple.of(interval.toMillis())))
                .replaceWithVoid();
    }

    /** @return a run that is not finished, locked until the transaction ends; null: none, or another process has it */
    Uni<Long> lockUnfinished(SqlConnection connection) {
        return connection
                .query("select id from empty_sale_runs where finished_at is null"
                        + " order by id limit 1 for update skip locked")
                .execute()
                .map(rows -> Rows.first(rows, row -> row.getLong("id")));
    }

    /** @param last whether nothing is left to delete */
    Uni<Void> deleted(SqlConnection connection, long run, int sales, boolean last) {
        return connection
                .preparedQuery("update empty_sale_runs set deleted = deleted + $2, finished_at = case when $3 then "
                        + now + " end where id = $1")
                .execute(Tuple.of(run, sales, last))
                .replaceWithVoid();
    }
}
