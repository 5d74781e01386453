package uz.ksb.pos.sales.catalogue;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import uz.ksb.pos.sales.aggregation.Aggregator;

/** Adds what was sold to its sums. Woken after commits; a sweep finds what a process that was killed has left. */
@ApplicationScoped
public class SoldStockAggregator {
    /** Each sale reads the changes that are not added yet, so there should be few; nobody waits for their addition. */
    private static final Duration PAUSE = Duration.ofMillis(25);

    private final Aggregator aggregator;

    SoldStockAggregator(Pool pool, SoldStock stock) {
        this.aggregator = new Aggregator("sold_stock_changes", PAUSE, pool::withTransaction, stock::aggregate);
    }

    /** Has the changes added soon. Call it after the commit. */
    public void wake() {
        aggregator.wake();
    }

    @Scheduled(every = "2s", delayed = "1s")
    void sweep() {
        aggregator.wake();
    }

    /** Adds changes until nothing is left. */
    Uni<Void> aggregateAll() {
        return aggregator.aggregateAll();
    }
}
