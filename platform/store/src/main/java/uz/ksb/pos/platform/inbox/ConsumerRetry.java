package uz.ksb.pos.platform.inbox;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.database.PassingFailure;
import uz.ksb.pos.platform.problem.Problem;

/**
 * Retries the effect of one event. A failure that can pass is retried for ever, because no event is skipped while the
 * database is away. Every other failure goes on at once, so that the event goes to the dead letters with its reason and the next
 * ones are not held up.
 */
public final class ConsumerRetry {
    private static final Logger LOG = Logger.getLogger(ConsumerRetry.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    private static final int TRIES_BEFORE_WARNING = 10;

    /** The start of each consumer's present trial, by {@link System#nanoTime()}. */
    private static final Map<String, Long> TRYING_SINCE = new ConcurrentHashMap<>();

    private ConsumerRetry() {}

    /**
     * Repeats {@code effect} until it succeeds or fails for good.
     *
     * @param consumer its channel: one event at a time
     * @param effect subscribed to for each try
     */
    public static <T> Uni<T> untilAvailable(String consumer, Uni<T> effect) {
        AtomicLong tries = new AtomicLong();
        return effect.onFailure(ConsumerRetry::canPass)
                .invoke(failure -> failedFor(consumer, tries.incrementAndGet(), failure))
                .onFailure(ConsumerRetry::canPass)
                .retry()
                .withBackOff(FIRST_PAUSE, MAX_PAUSE)
                .indefinitely()
                .onTermination()
                .invoke(() -> TRYING_SINCE.remove(consumer));
    }

    static boolean canPass(Throwable failure) {
        return failure instanceof Problem problem
                ? problem.status() >= 500 || problem.status() == 429
                : PassingFailure.is(failure);
    }

    private static void failedFor(String consumer, long tries, Throwable failure) {
        TRYING_SINCE.putIfAbsent(consumer, System.nanoTime());
        if (tries == TRIES_BEFORE_WARNING) {
            LOG.warnf("The consumer %s has tried one event %d times and goes on trying: %s", consumer, tries, failure);
        }
    }

    /** How long each consumer that is trying has been doing so; consumers that go on are not in it. */
    static Map<String, Duration> stuck() {
        long now = System.nanoTime();
        Map<String, Duration> stuck = new ConcurrentHashMap<>();
        TRYING_SINCE.forEach((consumer, since) -> stuck.put(consumer, Duration.ofNanos(now - since)));
        return stuck;
    }
}
