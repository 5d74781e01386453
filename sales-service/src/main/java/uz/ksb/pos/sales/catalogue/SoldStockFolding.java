package uz.ksb.pos.sales.catalogue;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import uz.ksb.pos.sales.folding.Folding;

/** Adds what was sold to its sums. Woken after commits; a sweep finds what a process that was killed has left. */
@ApplicationScoped
public class SoldStockFolding {
    private static final int MOST_AT_ONCE = 1_000;
    /** Each sale reads what is not folded yet: not much of it, but nobody waits for a folding either. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Folding folding;

    SoldStockFolding(Pool pool, SoldStock stock) {
        this.folding = new Folding(
                "sold stock",
                PAUSE,
                () -> pool.withTransaction(connection -> stock.fold(connection, MOST_AT_ONCE)),
                MOST_AT_ONCE);
    }

    /** Has what was sold folded soon. Call it after the commit. */
    public void wake() {
        folding.wake();
    }

    @Scheduled(every = "2s", delayed = "1s")
    void sweep() {
        folding.wake();
    }

    /** Folds until nothing is left. */
    Uni<Void> foldAll() {
        return folding.foldAll();
    }
}
