package uz.ksb.pos.gateway.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import uz.ksb.pos.gateway.protocol.CloseReason;

/** Looks at the deadlines of one connection when they are due, for as long as it is open. On its event loop. */
final class DeadlineWatch {
    private static final int MIN_WAIT_MILLIS = 100;

    private final Deadlines deadlines;
    private final TimingWheel wheel;
    private final Executor loop;
    private final Duration heartbeat;
    private final Watched watched;
    private boolean ended;

    /** The connection. */
    interface Watched {
        /** Whether what the client says is heard at once. */
        boolean isHeeded();

        /** Whether what the client is told waits for it to read. */
        boolean isFull();

        /** The connection must end. */
        void over(CloseReason reason);

        /** The token still lasts for {@code secondsLeft}. */
        void warn(long secondsLeft);

        void ping();
    }

    DeadlineWatch(Deadlines deadlines, TimingWheel wheel, Executor loop, Duration heartbeat, Watched watched) {
        this.deadlines = deadlines;
        this.wheel = wheel;
        this.loop = loop;
        this.heartbeat = heartbeat;
        this.watched = watched;
    }

    /** Looks after {@code first}, then again and again. */
    void begin(Duration first) {
        wheel.after(Math.max(MIN_WAIT_MILLIS, first.toMillis()), () -> loop.execute(this::lookAndGoOn));
    }

    /** Looks now, and in time for a new token: the next look was set when that was not known. */
    void tokenChanged() {
        look();
        Duration next = deadlines.untilNext(Instant.now());
        if (next.compareTo(heartbeat) < 0) {
            wheel.after(next.toMillis(), () -> loop.execute(this::look));
        }
    }

    void end() {
        ended = true;
    }

    private void lookAndGoOn() {
        look();
        if (!ended) {
            begin(deadlines.untilNext(Instant.now()));
        }
    }

    private void look() {
        if (ended) {
            return;
        }
        Instant now = Instant.now();
        deadlines.over(now, watched.isHeeded(), watched.isFull()).ifPresentOrElse(watched::over, () -> {
            deadlines.warning(now).ifPresent(watched::warn);
            if (deadlines.takePing(now)) {
                watched.ping();
            }
        });
    }
}
