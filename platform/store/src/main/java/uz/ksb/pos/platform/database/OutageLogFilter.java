package uz.ksb.pos.platform.database;

import io.quarkus.logging.LoggingFilter;
import io.vertx.pgclient.PgException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import org.jboss.logmanager.ExtLogRecord;
import uz.ksb.pos.platform.log.QuotedInput;

/**
 * One line per outage. While the database is away every request, schedule and consumer fails for the same reason: the first failure
 * is told, without its stack, and the others are left out until none has come for a while. So a failure is logged as itself, as the
 * thrown one or as a parameter, and never as its message.
 *
 * <p>Failures of the database lose the values that they quote, see {@link QuotedInput}.
 */
@LoggingFilter(name = "outages")
final class OutageLogFilter implements Filter {
    private static final long QUIET_NANOS = Duration.ofSeconds(30).toNanos();
    private static final String OURS = "uz.ksb.pos.";

    private final AtomicLong lastFailure = new AtomicLong(System.nanoTime() - QUIET_NANOS - 1);
    private final QuotedInput input = new QuotedInput(OutageLogFilter::quotesAValue);

    @Override
    public boolean isLoggable(LogRecord record) {
        Optional<Throwable> failure = failures(record)
                .map(OutageLogFilter::outage)
                .flatMap(Optional::stream)
                .findFirst();
        if (failure.isEmpty()) {
            input.takeOutOf(record);
            return true;
        }
        long now = System.nanoTime();
        if (now - lastFailure.getAndSet(now) < QUIET_NANOS) {
            return false;
        }
        tellOnce(record, failure.get());
        return true;
    }

    private static Stream<Throwable> failures(LogRecord record) {
        Stream<Object> parameters = record.getParameters() == null ? Stream.of() : Stream.of(record.getParameters());
        return Stream.concat(Stream.ofNullable(record.getThrown()), parameters)
                .filter(Throwable.class::isInstance)
                .map(Throwable.class::cast);
    }

    /** A failure that our own code has named, such as one of the back office, is none of the database. */
    private static Optional<Throwable> outage(Throwable failure) {
        return PassingFailure.in(failure)
                .filter(passing -> Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                        .takeWhile(cause -> !cause.equals(passing))
                        .noneMatch(cause -> cause.getClass().getName().startsWith(OURS)));
    }

    private static void tellOnce(LogRecord record, Throwable failure) {
        String line = (record instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : record.getMessage())
                + (record.getThrown() == null ? "" : ": " + failure) + " (told once while it lasts)";
        if (record instanceof ExtLogRecord formatted) {
            formatted.setMessage(line, ExtLogRecord.FormatStyle.NO_FORMAT);
        } else {
            record.setMessage(line);
        }
        record.setThrown(null);
    }

    /** SQLSTATE class 22: a value has the wrong form. */
    private static boolean quotesAValue(Throwable failure) {
        return failure instanceof PgException refused
                && refused.getSqlState() != null
                && refused.getSqlState().startsWith("22");
    }
}
