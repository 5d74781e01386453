package uz.ksb.pos.benchmarks.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.benchmarks.measuring.Cost.Pair;

class CostTest {
    @Test
    void theLimitMayBeReachedButThePeerHasToBeBeaten() {
        assertThat(cost(new Pair(15, 18)).passed()).isTrue();
        assertThat(cost(new Pair(15.1, 18)).passed()).isFalse();
        assertThat(cost(new Pair(14, 14)).passed()).isFalse();
    }

    @Test
    void theMediansOfThePairsCount() {
        Cost cost = cost(new Pair(10, 20), new Pair(40, 20), new Pair(12, 20));
        assertThat(cost.passed()).isTrue();
        assertThat(cost.line())
                .isEqualTo("memory: 12.0 KB (at most 15.0) against 20.0 of theirs = 0.60 x (must be below 1.00 x): ok"
                        + " [pairs 10.0/20.0 40.0/20.0 12.0/20.0]");
        assertThat(cost.json().getDouble("ratio")).isEqualTo(0.6);
        assertThat(cost.json().getJsonArray("pairs")).hasSize(3);
    }

    @Test
    void nothingMeasuredIsNoResult() {
        assertThatThrownBy(() -> cost()).isInstanceOf(IllegalArgumentException.class);
    }

    private static Cost cost(Pair... pairs) {
        return new Cost("memory", "KB", 15, "theirs", List.of(pairs));
    }
}
