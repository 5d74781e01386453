package uz.ksb.pos.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayPaceTest {
    private static final Duration PACE = Duration.ofMillis(5);
    private static final Duration MAX_PAUSE = Duration.ofMillis(25);

    @Test
    void aFewEventsWaitNoLongerThanThePace() {
        assertThat(OutboxRelay.pause(1, PACE, MAX_PAUSE)).isEqualTo(PACE);
    }

    @Test
    void manyEventsMakeLongerTurnsUpToTheLongest() {
        assertThat(OutboxRelay.pause(8, PACE, MAX_PAUSE)).isEqualTo(Duration.ofMillis(15));
        assertThat(OutboxRelay.pause(900, PACE, MAX_PAUSE)).isEqualTo(MAX_PAUSE);
    }
}
