package uz.ksb.pos.platform.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for a condition, with a bound: what tests do instead of sleeping. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Eventually() {}

    /** Repeats {@code assertion} until it passes, at most 20 s; then fails as it failed last. */
    public static void eventually(Check assertion) {
        within(LIMIT, assertion);
    }

    public static void within(Duration limit, Check assertion) {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            try {
                assertion.run();
                return;
            } catch (Exception | AssertionError notYet) {
                if (System.nanoTime() > end) {
                    throw new AssertionError("not within " + limit + ": " + notYet.getMessage(), notYet);
                }
                pause();
            }
        }
    }

    /** Repeats {@code question} until its answer is true, at most 20 s. */
    public static void until(Callable<Boolean> question) {
        eventually(() -> {
            if (!question.call()) {
                throw new AssertionError("still not true");
            }
        });
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An assertion that may throw anything. */
    @FunctionalInterface
    public interface Check {
        void run() throws Exception;
    }
}
