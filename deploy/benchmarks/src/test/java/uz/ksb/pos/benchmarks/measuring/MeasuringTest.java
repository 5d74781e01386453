package uz.ksb.pos.benchmarks.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.benchmarks.measuring.Comparison.Pair;

class MeasuringTest {
    private final List<String> notes = new ArrayList<>();
    private final Figure figure = new Figure("figure", "things", 1, new Scripted("A", notes), new Scripted("B", notes));

    @Test
    void theTwoAlternateAndEachRoundBeginsCalm() throws Exception {
        Comparison unused = new Measuring(3, Duration.ofSeconds(9), Duration.ofSeconds(2))
                .compare(figure, () -> notes.add("calm"), line -> {});
        assertThat(notes)
                .containsExactly(
                        "calm", "A 9", "calm", "B 9", "calm", "A 2", "calm", "B 2", "calm", "A 2", "calm", "B 2",
                        "calm", "A 2", "calm", "B 2");
    }

    @Test
    void whatWasReachedWhileWarmingUpDoesNotCount() throws Exception {
        Comparison comparison =
                new Measuring(2, Duration.ofSeconds(1), Duration.ofSeconds(1)).compare(figure, () -> {}, line -> {});
        assertThat(comparison.pairs())
                .containsExactly(new Pair(Round.of(2), Round.of(2)), new Pair(Round.of(3), Round.of(3)));
    }

    @Test
    void withoutWarmUpTheFirstRoundCounts() throws Exception {
        List<String> lines = new ArrayList<>();
        Comparison comparison =
                new Measuring(1, Duration.ZERO, Duration.ofSeconds(1)).compare(figure, () -> {}, lines::add);
        assertThat(comparison.pairs()).containsExactly(new Pair(Round.of(1), Round.of(1)));
        assertThat(lines).hasSize(2);
    }
}
