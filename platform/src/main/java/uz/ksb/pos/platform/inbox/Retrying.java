package uz.ksb.pos.platform.inbox;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.time.Duration;

/**
 * A consumer's patience: while the database is away an event waits, it is never skipped. A failure that the event itself
 * causes (bad data, a violated constraint) is passed on, so that the event goes to the dead letters.
 */
public final class Retrying {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private Retrying() {}

    /** Repeats {@code effect} until it succeeds or fails for good. */
    public static <T> Uni<T> whileAway(Uni<T> effect) {
        return effect.onFailure(Retrying::mayPass)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    private static boolean mayPass(Throwable failure) {
        if (failure instanceof PgException refused) {
            // SQLSTATE classes 22 (data) and 23 (constraint): the next attempt would fail in the same way.
            return !refused.getSqlState().startsWith("22")
                    && !refused.getSqlState().startsWith("23");
        }
        return !(failure instanceof IllegalArgumentException);
    }
}
