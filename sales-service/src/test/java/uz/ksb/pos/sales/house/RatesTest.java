package uz.ksb.pos.sales.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dollar was worth 12 000, from the 20th on 12 650, from the 23rd on 13 000 so'm. */
class RatesTest {
    private static final Instant CHANGE = Instant.parse("2026-11-23T05:00:00Z");
    private static final Rates RATES = new Rates(List.of(
            rate("USD", "13000", CHANGE),
            rate("EUR", "14000", CHANGE),
            rate("USD", "12000", CHANGE.minus(Duration.ofDays(30))),
            rate("USD", "12650", CHANGE.minus(Duration.ofDays(3)))));

    @ParameterizedTest
    @CsvSource({
        "12000, -P10D, true",
        "12000, -PT49H, true",
        "12000, -PT48H, false",
        "12650, PT0S, true",
        "12650, PT23H59M, true",
        "12650, PT24H, false",
        "13000, -PT1S, false",
        "13000, PT0S, true",
        "13260, PT48H, true",
        "13260.01, PT48H, false",
        "12740, PT48H, true",
        "12739.99, PT48H, false",
    })
    void aRateMayBeUsedForADayAfterItsSuccessorCame(BigDecimal rate, Duration after, boolean allowed) {
        assertThat(RATES.allow("USD", rate, CHANGE.plus(after))).isEqualTo(allowed);
    }

    @Test
    void theRateOfATimeIsTheNewestThen() {
        assertThat(RATES.at("USD", CHANGE.minusSeconds(1))).contains(new BigDecimal("12650"));
        assertThat(RATES.at("USD", CHANGE)).contains(new BigDecimal("13000"));
    }

    @Test
    void beforeTheFirstKnownRateTheFirstCounts() {
        assertThat(RATES.at("USD", Instant.EPOCH)).contains(new BigDecimal("12000"));
    }

    @Test
    void aCurrencyWithoutARateHasNone() {
        assertThat(RATES.at("RUB", CHANGE)).isEmpty();
        assertThat(RATES.allow("RUB", BigDecimal.ONE, CHANGE)).isFalse();
    }

    private static Rates.Rate rate(String currency, String rate, Instant validFrom) {
        return new Rates.Rate(currency, new BigDecimal(rate), validFrom);
    }
}
