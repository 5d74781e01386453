package uz.ksb.pos.platform.database;

import io.quarkus.logging.LoggingFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * One line per outage. While the database is away every request, schedule and consumer fails for the same reason: the first failure
 * is told, without its stack, and the others are left out until none has come for a while.
 */
@LoggingFilter(name = "outages")
final class OutageLogFilter implements Filter {
    private static final long QUIET_NANOS = Duration.ofSeconds(30).toNanos();

    private final AtomicLong lastFailure = new AtomicLong(System.nanoTime() - QUIET_NANOS - 1);

    @Override
    public boolean isLoggable(LogRecord record) {
        Optional<Throwable> failure = PassingFailure.in(record.getThrown());
        if (failure.isEmpty()) {
            return true;
        }
        long now = System.nanoTime();
        if (now - lastFailure.getAndSet(now) < QUIET_NANOS) {
            return false;
        }
        record.setMessage(record.getMessage() + ": " + failure.get() + " (told once while it lasts)");
        record.setThrown(null);
        return true;
    }
}
