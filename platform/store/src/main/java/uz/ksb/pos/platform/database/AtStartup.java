package uz.ksb.pos.platform.database;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Waits for what a service writes before it is ready. On a busy machine the first connections take longer than the pool's limit. */
public final class AtStartup {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(2);

    private AtStartup() {}

    /**
     * Tries {@code work} until it succeeds, or fails in a way that does not pass, for at most a minute.
     *
     * @param work subscribed to for each try: it must do no harm when it is done twice
     */
    @CanIgnoreReturnValue
    public static <T> T await(Uni<T> work) {
        return work.onFailure(PassingFailure::is)
                .retry()
                .withBackOff(FIRST_PAUSE, MAX_PAUSE)
                .expireIn(LIMIT.toMillis())
                .await()
                .atMost(LIMIT);
    }
}
