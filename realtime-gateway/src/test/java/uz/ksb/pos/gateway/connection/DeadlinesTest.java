package uz.ksb.pos.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.protocol.CloseReason;

class DeadlinesTest {
    private static final ConnectionConfig DEFAULTS = new SmallRyeConfigBuilder()
            .addDiscoveredConverters()
            .withMapping(ConnectionConfig.class)
            .build()
            .getConfigMapping(ConnectionConfig.class);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Deadlines deadlines = new Deadlines(DEFAULTS, START);

    @Test
    void aTokenMustBeShownWithinFiveSeconds() {
        assertThat(deadlines.untilNext(START)).isEqualTo(Duration.ofSeconds(5));
        assertThat(deadlines.over(at(4.9), true, false)).isEmpty();
        assertThat(deadlines.over(at(5), true, false)).contains(CloseReason.NO_AUTH_IN_TIME);
        deadlines.showedToken();
        assertThat(deadlines.over(at(6), true, false)).isEmpty();
    }

    @Test
    void theEndOfATokenIsToldAMinuteBefore() {
        deadlines.admitted(at(900));
        assertThat(deadlines.untilNext(at(830))).isEqualTo(Duration.ofSeconds(10));
        assertThat(deadlines.warning(at(839.9))).isEmpty();
        assertThat(deadlines.warning(at(840.1))).hasValue(60);
        assertThat(deadlines.warning(at(840.2))).isEmpty();
        deadlines.heard(at(899));
        assertThat(deadlines.over(at(899.9), true, false)).isEmpty();
        assertThat(deadlines.untilNext(at(899))).isEqualTo(Duration.ofSeconds(1));
        assertThat(deadlines.over(at(900), true, false)).contains(CloseReason.TOKEN);
    }

    @Test
    void aRenewedTokenIsTheOneThatCounts() {
        deadlines.admitted(at(70));
        assertThat(deadlines.warning(at(10))).hasValue(60);
        deadlines.admitted(at(960));
        deadlines.heard(at(70));
        assertThat(deadlines.over(at(71), true, false)).isEmpty();
        assertThat(deadlines.warning(at(900))).hasValue(60);
    }

    @Test
    void aSilentClientIsClosedAndASlowOneIsGivenMinutes() {
        deadlines.admitted(at(9_000));
        assertThat(deadlines.takePing(at(24.9))).isFalse();
        assertThat(deadlines.takePing(at(25))).isTrue();
        assertThat(deadlines.takePing(at(26))).isFalse();
        assertThat(deadlines.over(at(62.5), true, false)).isEmpty();
        assertThat(deadlines.over(at(62.6), true, false)).contains(CloseReason.SILENT);
        assertThat(deadlines.over(at(62.6), false, false)).isEmpty();
        assertThat(deadlines.over(at(300), true, true)).isEmpty();
        assertThat(deadlines.over(at(300.1), true, true)).contains(CloseReason.SILENT);
        deadlines.heard(at(290));
        assertThat(deadlines.over(at(300.1), true, false)).isEmpty();
    }

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1_000));
    }
}
