package uz.ksb.pos.gateway.connection;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;
import uz.ksb.pos.gateway.protocol.CloseReason;

/** A planned end: nobody new is let in, everybody is asked to move, the node goes when they have, or when time is up. */
@ApplicationScoped
class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Connections connections;
    private volatile boolean leaving;

    Drain(Connections connections) {
        this.connections = connections;
    }

    boolean isLeaving() {
        return leaving;
    }

    /** Readiness is off already; the process goes on when this returns. */
    void leave(@Observes ShutdownDelayInitiatedEvent stopping) throws InterruptedException {
        leaving = true;
        int moved = connections.size();
        connections.moveAll();
        await(System.nanoTime() + connections.config().moveWithin().toNanos());
        if (moved > 0) {
            LOG.infof("%d clients asked to move, %d still here are closed", moved, connections.size());
        }
        connections.closeAll(CloseReason.RESTART);
        // The process may go when the last close frame is on its way.
        await(System.nanoTime() + CLOSING.toNanos());
    }

    private void await(long end) throws InterruptedException {
        while (connections.size() > 0 && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
        }
    }
}
