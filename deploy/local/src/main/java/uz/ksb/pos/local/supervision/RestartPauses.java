package uz.ksb.pos.local.supervision;

import java.time.Duration;

/** How long to wait before a part is started again: 0.5 s, doubling to 10 s, anew once it was healthy for 30 s. */
final class RestartPauses {

    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);
    private static final Duration HEALTHY = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /** The pause after a run that was ready for {@code healthyFor} (zero: never). */
    Duration after(Duration healthyFor) {
        Duration pause = healthyFor.compareTo(HEALTHY) >= 0 ? FIRST : next;
        Duration doubled = pause.multipliedBy(2);
        next = doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled;
        return pause;
    }
}
