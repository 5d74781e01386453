package uz.ksb.pos.platform.outbox;

import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Wakes the relay: directly in this process, and on another replica by a NOTIFY of its own (inside the transaction it would
 * halve the commits: PostgreSQL serialises notifying commits).
 */
@ApplicationScoped
class OutboxSignal {
    static final String CHANNEL = "outbox";

    private static final Logger LOG = Logger.getLogger(OutboxSignal.class);

    private final Pool pool;
    private final Semaphore pending = new Semaphore(0);
    private final AtomicBoolean notifying = new AtomicBoolean();
    private volatile boolean relayIsHere;

    OutboxSignal(Pool pool) {
        this.pool = pool;
    }

    void wake() {
        if (relayIsHere) {
            pending.release();
        } else if (notifying.compareAndSet(false, true)) {
            pool.query("notify " + CHANNEL)
                    .execute()
                    .onTermination()
                    .invoke(() -> notifying.set(false))
                    .subscribe()
                    .with(done -> {}, failure -> LOG.debug("the relay finds the events at its next poll", failure));
        }
    }

    /** Called by the relay of this process when it takes or loses its turn. */
    void relayIsHere(boolean here) {
        relayIsHere = here;
    }

    void received() {
        pending.release();
    }

    /** Waits until there is something to publish, at most {@code millis}. */
    void await(long millis) throws InterruptedException {
        if (pending.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
            pending.drainPermits();
        }
    }
}
