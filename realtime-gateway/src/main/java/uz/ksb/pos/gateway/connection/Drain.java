package uz.ksb.pos.gateway.connection;

import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/** A planned end: nobody new is let in, everybody is asked to move, the node goes when they have, or when time is up. */
@ApplicationScoped
public class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final ConnectionConfig config;
    private final List<Drainable> clients;
    private volatile boolean leaving;

    Drain(ConnectionConfig config, @All List<Drainable> clients) {
        this.config = config;
        this.clients = clients;
    }

    public boolean isLeaving() {
        return leaving;
    }

    /** Readiness is off already; the process goes on when this returns. */
    void leave(@Observes ShutdownDelayInitiatedEvent stopping) throws InterruptedException {
        leaving = true;
        int moved = size();
        clients.forEach(Drainable::moveAll);
        await(System.nanoTime() + config.moveWithin().toNanos());
        if (moved > 0) {
            LOG.infof("%d clients asked to move, %d still here are closed", moved, size());
        }
        clients.forEach(Drainable::closeAll);
        // The process may go when the last close frame is on its way.
        await(System.nanoTime() + CLOSING.toNanos());
    }

    private int size() {
        return clients.stream().mapToInt(Drainable::size).sum();
    }

    private void await(long end) throws InterruptedException {
        while (size() > 0 && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
        }
    }
}
