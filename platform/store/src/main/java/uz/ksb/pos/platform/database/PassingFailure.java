package uz.ksb.pos.platform.database;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Tells failures of the database that can pass by themselves: it is away, full, starting or too slow, or another
 * transaction was in the way. The list is closed; every other failure happens again with the same input.
 */
public final class PassingFailure {
    /**
     * SQLSTATE classes: 08 connection, 40 serialization and deadlock, 53 no disk, memory or connections left, 57 cancelled,
     * shutting down or starting, 58 error of the disk.
     */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57", "58");

    /** A lock that was not free; a transaction that took too long. */
    private static final Set<String> STATES = Set.of("55P03", "25P03", "25P04");

    private static final int MAX_CAUSES = 10;

    private PassingFailure() {}

    /** Whether the failure, or one that caused it, can pass. */
    public static boolean is(Throwable failure) {
        return in(failure).isPresent();
    }

    /** The failure, or the one among its causes, that can pass. */
    static Optional<Throwable> in(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(MAX_CAUSES)
                .filter(PassingFailure::passes)
                .findFirst();
    }

    private static boolean passes(Throwable failure) {
        return switch (failure) {
            case PgException refused -> passes(refused.getSqlState());
            case ClosedConnectionException closed -> true;
            // The same text fails again.
            case JsonProcessingException unreadable -> false;
            case IOException broken -> true;
            case TimeoutException late -> true;
            case io.smallrye.mutiny.TimeoutException late -> true;
            // The pool and the connection say it by their message alone.
            case NoStackTraceThrowable said -> saysTimeout(said);
            case VertxException said -> saysTimeout(said);
            default -> false;
        };
    }

    private static boolean passes(String state) {
        return state != null
                && state.length() == 5
                && (CLASSES.contains(state.substring(0, 2)) || STATES.contains(state));
    }

    private static boolean saysTimeout(Throwable failure) {
        String message = failure.getMessage();
        return message != null && (message.startsWith("Timeout") || message.startsWith("Connection"));
    }
}
