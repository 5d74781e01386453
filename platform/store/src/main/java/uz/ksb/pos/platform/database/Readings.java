package uz.ksb.pos.platform.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.function.Function;

/**
 * Readings whose cost depends on the question: searches, lists, charts. They must not exhaust the pool of all
 * enterprises.
 */
public final class Readings {
    /** For what a person searches or lists. */
    public static final Duration SEARCH = Duration.ofSeconds(2);

    private Readings() {}

    /**
     * Runs {@code reading} in a read-only transaction; PostgreSQL ends a statement of it that takes longer than {@code limit}, and
     * the caller is answered 503.
     */
    public static <T> Uni<T> within(Duration limit, Pool pool, Function<SqlConnection, Uni<T>> reading) {
        return pool.withTransaction(connection -> connection
                .query("set transaction read only; set local statement_timeout = " + limit.toMillis())
                .execute()
                .chain(() -> reading.apply(connection)));
    }
}
