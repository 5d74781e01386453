package uz.ksb.pos.product.stock;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.schedule.OneByOne;
import uz.ksb.pos.platform.schedule.SingleFlight;
import uz.ksb.pos.product.catalogue.Restocking;
import uz.ksb.pos.product.sold.SoldStock;

/** Shows what was sold. Woken after commits; a sweep finds what a process that was killed has left. */
@ApplicationScoped
public class StockAggregator {
    private static final Logger LOG = Logger.getLogger(StockAggregator.class);

    /** Sales that come close together are shown as one change; a till hears of them within a second. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final SoldStock soldStock;
    private final Restocking restocking;
    private final SingleFlight aggregation = new SingleFlight(
            () -> showAll().onItem().delayIt().by(PAUSE),
            failure -> LOG.warnf("Showing sold stock is interrupted and will go on: %s", failure));

    StockAggregator(SoldStock soldStock, Restocking restocking) {
        this.soldStock = soldStock;
        this.restocking = restocking;
    }

    /** Has the shown stock follow soon. Call it after the commit. */
    void wake() {
        aggregation.run();
    }

    @Scheduled(every = "1s", delayed = "1s")
    void sweep() {
        aggregation.run();
    }

    /** In rounds, a few hundred sales of each enterprise at a time, until none has more. */
    Uni<Void> showAll() {
        return Multi.createBy()
                .repeating()
                .uni(() -> soldStock.waiting().chain(this::round))
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Boolean> round(List<String> enterprises) {
        return OneByOne.map(enterprises, this::next).map(more -> more.contains(true));
    }

    /** An enterprise that fails is tried again by the sweep, and stops no other. */
    private Uni<Boolean> next(String ksbId) {
        return restocking.next(ksbId).onFailure().recoverWithItem(failure -> {
            LOG.warnf("The sold stock of %s cannot be shown and is tried again: %s", ksbId, failure);
            return false;
        });
    }
}
