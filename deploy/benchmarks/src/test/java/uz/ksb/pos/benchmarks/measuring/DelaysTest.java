package uz.ksb.pos.benchmarks.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DelaysTest {
    private static final int MILLI = 1_000_000;

    @Test
    void aPercentileIsTheLeastValueThatSoManyDoNotExceed() {
        long[] oneToHundred =
                LongStream.rangeClosed(1, 100).map(i -> (101 - i) * MILLI).toArray();

        Delays.Round round = Delays.Round.of(oneToHundred, 100, 0.1);

        assertThat(round.p50Millis()).isEqualTo(50);
        assertThat(round.p99Millis()).isEqualTo(99);
    }

    @Test
    void allBelowTheLimitsPasses() {
        Delays delays = delays(quick());

        assertThat(delays.passed()).isTrue();
        assertThat(delays.line()).contains("p50 3.0 ms", "p99 40.0 ms", "100.0 % arrived", "ok");
    }

    @Test
    void theMedianOfTheRoundsDecides() {
        Delays.Round slow = new Delays.Round(30, 400, 100, 100, 0.1);

        assertThat(delays(quick(), slow, quick()).passed()).isTrue();
        assertThat(delays(quick(), slow, slow).passed()).isFalse();
    }

    @Test
    void oneThatNeverArrivesFailsHoweverFastTheOthersAre() {
        assertThat(delays(quick(), new Delays.Round(3, 40, 100, 99, 0.1), quick())
                        .passed())
                .isFalse();
        assertThat(delays(Delays.Round.of(new long[0], 100, 0.1)).passed()).isFalse();
    }

    @Test
    void aBusyLoadGeneratorMeasuresItself() {
        Delays delays = delays(new Delays.Round(3, 40, 100, 100, 0.9));

        assertThat(delays.passed()).isFalse();
        assertThat(delays.line()).contains("NOT VALID");
    }

    private static Delays.Round quick() {
        return new Delays.Round(3, 40, 100, 100, 0.1);
    }

    private static Delays delays(Delays.Round... rounds) {
        return new Delays("it", 100, Duration.ofMillis(15), Duration.ofMillis(100), 1, List.of(rounds));
    }
}
