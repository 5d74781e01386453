package uz.ksb.pos.platform.database;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uz.ksb.pos.platform.http.FairShare;

/**
 * Readings whose cost depends on the question: searches, lists, charts. They must not exhaust the pool of all enterprises: some
 * of its connections are left for everything else, and one enterprise has few of the others at a time.
 */
@ApplicationScoped
public class Readings {
    /** For what a person searches or lists. */
    public static final Duration SEARCH = Duration.ofSeconds(2);

    /** Longer than the slowest reading takes: those that wait behind a few slow ones still have their turn. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(3);

    private static final String BEGIN =
            "set transaction isolation level repeatable read, read only; set local statement_timeout = ";

    private final Pool pool;
    private final FairShare share;

    /** @param connections of the pool */
    Readings(Pool pool, @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections) {
        this.pool = pool;
        this.share = new FairShare(connections * 3 / 4, connections / 4 + 1, MAX_WAIT);
    }

    /**
     * Runs {@code reading} in a read-only transaction: all its statements see one state of the database. Fails with 503 when it does
     * not come to its turn, and when PostgreSQL ends a statement of it because that takes longer than {@code limit}.
     */
    public <T> Uni<T> within(String ksbId, Duration limit, Function<SqlConnection, Uni<T>> reading) {
        return share.within(
                ksbId,
                () -> Transactions.in(pool, connection -> connection
                        .query(BEGIN + limit.toMillis())
                        .execute()
                        .chain(() -> reading.apply(connection))));
    }
}
