package uz.ksb.pos.platform.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uz.ksb.pos.platform.http.FairTurns;
import uz.ksb.pos.platform.problem.Problem;

/**
 * Readings whose cost depends on the question: searches, lists, charts. They must not exhaust the pool of all enterprises: some
 * of its connections are left for everything else, and one enterprise has few of the others at a time. A reading that finds them
 * taken waits a little, and enterprises take turns. Any thread.
 */
@ApplicationScoped
public class Readings {
    /** For what a person searches or lists. */
    public static final Duration SEARCH = Duration.ofSeconds(2);

    /** Longer than the slowest reading takes: those that wait behind a few slow ones still have their turn. */
    static final Duration MAX_WAIT = Duration.ofSeconds(3);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Pool pool;
    private final FairTurns turns;

    /** @param connections of the pool */
    Readings(Pool pool, @ConfigProperty(name = "quarkus.datasource.reactive.max-size") int connections) {
        this.pool = pool;
        this.turns = new FairTurns(connections * 3 / 4, connections / 4 + 1);
    }

    /**
     * Runs {@code reading} in a read-only transaction; PostgreSQL ends a statement of it that takes longer than {@code limit}, and
     * the caller is answered 503. Fails with 429 when it does not come to its turn.
     */
    public <T> Uni<T> within(String ksbId, Duration limit, Function<SqlConnection, Uni<T>> reading) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            FairTurns.Turn turn = turns.enter(ksbId, () -> begun.complete(null));
            return waited(begun)
                    .chain(() -> pool.withTransaction(connection -> connection
                            .query("set transaction read only; set local statement_timeout = " + limit.toMillis())
                            .execute()
                            .chain(() -> reading.apply(connection))))
                    .onTermination()
                    .invoke(turn::leave);
        });
    }

    /** Goes on where it began: the turn is given by another request's thread. */
    private static Uni<Void> waited(CompletableFuture<Void> begun) {
        if (begun.isDone()) {
            return Uni.createFrom().voidItem();
        }
        Context context = Vertx.currentContext();
        return Uni.createFrom()
                .completionStage(begun)
                .ifNoItem()
                .after(MAX_WAIT)
                .failWith(() -> Problem.tooMany(
                        "too-many-requests", "Too many searches of this enterprise at a time.", RETRY_AFTER))
                .emitOn(task -> {
                    if (context == null) {
                        task.run();
                    } else {
                        context.runOnContext(now -> task.run());
                    }
                });
    }
}
