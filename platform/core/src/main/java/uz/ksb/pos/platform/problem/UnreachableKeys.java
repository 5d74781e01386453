package uz.ksb.pos.platform.problem;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The keys of settings-service cannot be fetched, and none are kept from before: whether a token is valid is not known. It is
 * neither taken nor refused. A 401 would end the session of a cashier who did nothing wrong.
 */
public final class UnreachableKeys {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private UnreachableKeys() {}

    /** Whether a verification failed for this reason. */
    public static boolean explain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(IOException.class::isInstance);
    }

    /** 503 with Retry-After. */
    public static Problem problem() {
        return Problem.unavailable("Tokens cannot be verified at the moment. Send it again.", RETRY_AFTER);
    }
}
