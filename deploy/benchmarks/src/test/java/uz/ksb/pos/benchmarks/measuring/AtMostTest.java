package uz.ksb.pos.benchmarks.measuring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AtMostTest {
    @Test
    void theMedianMayReachItsLimitAndOneRoundMayBeAbove() {
        AtMost figure = AtMost.median("p99", "ms", List.of(reading(10, 10), reading(2, 7), reading(40, 12)));
        assertThat(figure.passed()).isTrue();
        assertThat(figure.line()).isEqualTo("p99: 10.0 ms (at most 10.0): ok [10.0 of 10.0, 2.0 of 7.0, 40.0 of 12.0]");
    }

    @Test
    void twoOfThreeAboveTheirLimitsMiss() {
        AtMost figure = AtMost.median("p99", "ms", List.of(reading(11, 10), reading(2, 7), reading(13, 12)));
        assertThat(figure.passed()).isFalse();
        assertThat(figure.line()).contains("MISSED");
    }

    @Test
    void whereNoneMayBeAboveOneIsTooMuch() {
        AtMost figure = AtMost.always("wrong", "clients", List.of(reading(0, 0), reading(1, 0), reading(0, 0)));
        assertThat(figure.passed()).isFalse();
        assertThat(figure.line()).startsWith("wrong: 1.0 clients (at most 0.0): MISSED");
        assertThat(figure.json().getBoolean("passed")).isFalse();
    }

    @Test
    void aGeneratorThatWasTooBusyProvesNothing() {
        AtMost figure = AtMost.median("p99", "ms", List.of(new AtMost.Reading(1, 10, 0.8)));
        assertThat(figure.passed()).isFalse();
        assertThat(figure.line()).contains("NOT VALID");
    }

    private static AtMost.Reading reading(double value, double most) {
        return new AtMost.Reading(value, most, 0.1);
    }
}
