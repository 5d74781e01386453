package uz.ksb.pos.gateway.tillsocket;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ScheduledFuture;
import uz.ksb.pos.gateway.socketio.loop.SessionLoop;

/** The times of one client's token: a warning before its end, and its end. On the client's event loop. */
final class TokenTimes {
    private final SessionLoop loop;
    private final Duration warnBefore;
    private final Client client;
    private Instant known;
    private ScheduledFuture<?> warning;
    private ScheduledFuture<?> end;

    /** The client's side. */
    interface Client {
        void tokenEndsIn(long seconds);

        void tokenEnded();
    }

    TokenTimes(SessionLoop loop, Duration warnBefore, Client client) {
        this.loop = loop;
        this.warnBefore = warnBefore;
        this.client = client;
    }

    /** A client that shows the same token again is not warned again: it would answer for ever. */
    void begin(Instant expiry) {
        if (expiry.equals(known)) {
            return;
        }
        known = expiry;
        stop();
        Duration left = Duration.between(Instant.now(), expiry);
        Duration untilWarning = left.minus(warnBefore);
        long warnedFor = Math.max(1, (untilWarning.isNegative() ? left : warnBefore).toSeconds());
        warning = loop.after(Math.max(0, untilWarning.toNanos()), () -> client.tokenEndsIn(warnedFor));
        end = loop.after(Math.max(0, left.toNanos()), client::tokenEnded);
    }

    void stop() {
        if (end != null) {
            boolean unused = warning.cancel(false);
            unused = end.cancel(false);
        }
    }
}
