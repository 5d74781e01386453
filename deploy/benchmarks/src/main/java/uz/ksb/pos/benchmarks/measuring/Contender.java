package uz.ksb.pos.benchmarks.measuring;

import java.time.Duration;

/** One of the two that are compared. */
public interface Contender {
    String name();

    /** Works for about this long, or through what it has to do once. */
    Round run(Duration time) throws InterruptedException;
}
