package uz.ksb.pos.platform.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;

/** Waits for a condition, with a bound: what tests do instead of sleeping. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Eventually() {}

    /** Repeats {@code assertion} until it passes, at most 20 s; then fails as it failed last. */
    public static void eventually(ThrowingRunnable assertion) {
        within(LIMIT, assertion);
    }

    public static void within(Duration limit, ThrowingRunnable assertion) {
        waiting(limit).untilAsserted(assertion);
    }

    /** Repeats {@code question} until its answer is true, at most 20 s. */
    public static void until(Callable<Boolean> question) {
        waiting(LIMIT).until(question);
    }

    /** A try of {@link #inOneOf}. */
    @FunctionalInterface
    public interface Attempt {
        void run() throws Exception;
    }

    /**
     * Passes when one of a few tries does: for what must happen within a short time. Other processes may take the processor from
     * one try; a program that is too slow fails in all.
     */
    public static void inOneOf(int tries, Attempt attempt) {
        AssertionError all = new AssertionError("failed " + tries + " times");
        for (int tried = 0; tried < tries; tried++) {
            try {
                attempt.run();
                return;
            } catch (Exception | AssertionError failed) {
                all.addSuppressed(failed);
            }
        }
        throw all;
    }

    /** In the test's own thread; an exception means not yet. */
    private static ConditionFactory waiting(Duration limit) {
        return await().atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .pollInSameThread()
                .dontCatchUncaughtExceptions()
                .ignoreExceptions();
    }
}
