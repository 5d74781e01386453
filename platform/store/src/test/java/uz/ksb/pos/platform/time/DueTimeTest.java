package uz.ksb.pos.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueTimeTest {
    private static final Instant NOW = Instant.parse("2026-02-28T09:00:00Z");
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Test
    void aTimeIsReachedWhenItHasCome() {
        assertThat(DueTime.isReached(null, NOW, LONGEST)).isTrue();
        assertThat(DueTime.isReached(NOW, NOW, LONGEST)).isTrue();
        assertThat(DueTime.isReached(NOW.plusSeconds(1), NOW, LONGEST)).isFalse();
        assertThat(DueTime.isReached(NOW.plus(LONGEST), NOW, LONGEST)).isFalse();
    }

    @Test
    void aTimeFurtherAheadThanItsLongestSpanIsIgnored() {
        assertThat(DueTime.isReached(NOW.plus(LONGEST).plusSeconds(1), NOW, LONGEST))
                .isTrue();
        assertThat(DueTime.isReachedSql("next_at", "$1", LONGEST))
                .isEqualTo("(next_at is null or next_at <= $1 or next_at > $1 + interval '300 seconds')");
    }
}
