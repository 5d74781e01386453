package uz.ksb.pos.sales.till;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Notices that a till is silent, was blocked or renamed, or that another till has brought its sales. */
@ApplicationScoped
class TillWatch {
    private static final Logger LOG = Logger.getLogger(TillWatch.class);

    private final TillLedger ledger;

    TillWatch(TillLedger ledger) {
        this.ledger = ledger;
    }

    @Scheduled(every = "${pos.tills.look:5s}", delayed = "3s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> look() {
        return ledger.watch().onFailure().recoverWithItem(failure -> {
            LOG.warnf("The tills are looked at later: %s", failure);
            return null;
        });
    }
}
