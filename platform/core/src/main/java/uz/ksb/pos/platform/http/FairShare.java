package uz.ksb.pos.platform.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import uz.ksb.pos.platform.problem.Problem;

/**
 * A number of places for work, of which one enterprise has a part at a time. Work that finds no place waits a little, and
 * enterprises take turns. Any thread.
 */
public final class FairShare {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final FairTurns turns;
    private final Duration maxWait;

    /**
     * @param most places
     * @param mostEach of them for one enterprise
     * @param maxWait work that does not come to its turn before ends with 503
     */
    public FairShare(int most, int mostEach, Duration maxWait) {
        this.turns = new FairTurns(most, mostEach);
        this.maxWait = maxWait;
    }

    private static Problem busy() {
        return Problem.unavailable(
                "Too much of this enterprise at a time. Nothing was done, send it again.", RETRY_AFTER);
    }

    /** Does {@code work}, perhaps later, and then in the context that asks for it. */
    public <T> Uni<T> within(String ksbId, Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            CompletableFuture<Void> begun = new CompletableFuture<>();
            FairTurns.Turn turn = turns.enter(ksbId, () -> begun.complete(null));
            return waited(begun).chain(() -> work.get()).onTermination().invoke(turn::leave);
        });
    }

    /** Goes on where it began: the turn is given by another request's thread. */
    private Uni<Void> waited(CompletableFuture<Void> begun) {
        if (begun.isDone()) {
            return Uni.createFrom().voidItem();
        }
        Context context = Vertx.currentContext();
        return Uni.createFrom()
                .completionStage(begun)
                .ifNoItem()
                .after(maxWait)
                .failWith(FairShare::busy)
                .emitOn(task -> {
                    if (context == null) {
                        task.run();
                    } else {
                        context.runOnContext(now -> task.run());
                    }
                });
    }
}
