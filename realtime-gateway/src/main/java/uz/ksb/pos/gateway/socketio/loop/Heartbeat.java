package uz.ksb.pos.gateway.socketio.loop;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Pings one client and notices that it is silent, to the millisecond: times count from when something was due, not from when
 * the loop came to it. On the session's event loop.
 */
public final class Heartbeat {
    private final EventLoop loop;
    private final long interval;
    private final long timeout;
    private final Client client;
    private ScheduledFuture<?> timer;
    private long due;
    private boolean awaitingPong;

    /** The client's side. On its event loop. */
    public interface Client {
        void ping();

        /** @return whether it is to be given the same time once more */
        boolean silent();
    }

    public Heartbeat(EventLoop loop, Duration interval, Duration timeout, Client client) {
        this.loop = loop;
        this.interval = interval.toNanos();
        this.timeout = timeout.toNanos();
        this.client = client;
    }

    public void start() {
        await(System.nanoTime() + interval);
    }

    public void stop() {
        if (timer != null) {
            boolean unused = timer.cancel(false);
        }
    }

    public void pong() {
        if (awaitingPong) {
            awaitingPong = false;
            stop();
            start();
        }
    }

    /** Whether the client has been silent for too long, whatever the timer has seen of it. */
    public boolean isOver() {
        return System.nanoTime() - due >= (awaitingPong ? 0 : timeout);
    }

    private void await(long until) {
        due = until;
        timer = loop.schedule(this::come, until - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void come() {
        long now = System.nanoTime();
        // A loop that was held up for long must not take that time from the client.
        long from = now - due < timeout / 2 ? due : now;
        if (!awaitingPong) {
            awaitingPong = true;
            await(from + timeout);
            client.ping();
        } else if (client.silent()) {
            await(from + timeout);
        }
    }
}
