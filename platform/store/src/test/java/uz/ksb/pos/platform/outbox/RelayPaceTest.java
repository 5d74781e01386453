package uz.ksb.pos.platform.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RelayPaceTest {
    private static final Duration PACE = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofMillis(25);

    @Test
    void aFewEventsWaitNoLongerThanThePace() {
        assertThat(OutboxRelay.pause(1, PACE, LONGEST)).isEqualTo(PACE);
    }

    @Test
    void manyEventsMakeLongerTurnsUpToTheLongest() {
        assertThat(OutboxRelay.pause(8, PACE, LONGEST)).isEqualTo(Duration.ofMillis(15));
        assertThat(OutboxRelay.pause(900, PACE, LONGEST)).isEqualTo(LONGEST);
    }
}
