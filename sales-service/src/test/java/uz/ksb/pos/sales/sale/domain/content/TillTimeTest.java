package uz.ksb.pos.sales.sale.domain.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TillTimeTest {
    private static final Instant NOW = Instant.parse("2026-11-23T05:00:00Z");

    @ParameterizedTest(name = "a till that is {0} off sold {1} ago by its clock: {2} ago, flagged: {3}")
    @CsvSource({
        "PT0S, PT10M, PT10M, false",
        "PT2M, PT10M, PT10M, false",
        "PT-2M, PT10M, PT10M, false",
        "PT-121S, PT10M, PT7M59S, true",
        "PT1H, PT-50M, PT10M, true",
        "P-1D, P1DT10M, PT10M, true",
    })
    void aClockThatIsOffIsCorrected(Duration ahead, Duration claimed, Duration corrected, boolean flagged) {
        TillTime till = TillTime.of(NOW, NOW.plus(ahead).toString());

        assertThat(till.correct(NOW.minus(claimed))).isEqualTo(new TillTime.Corrected(NOW.minus(corrected), flagged));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "yesterday", "2026-11-23", "+12026-11-23T05:00:00Z"})
    void withoutAReadableTimeOfTheTillItsWordCounts(String header) {
        TillTime till = TillTime.of(NOW, header);

        assertThat(till.correct(NOW.minusSeconds(900))).isEqualTo(new TillTime.Corrected(NOW.minusSeconds(900), false));
    }

    @Test
    void aTimeOfTheFutureBecomesTheTimeOfReceipt() {
        TillTime till = TillTime.of(NOW, null);

        assertThat(till.correct(NOW.plusSeconds(120))).isEqualTo(new TillTime.Corrected(NOW, false));
        assertThat(till.correct(NOW.plusSeconds(121))).isEqualTo(new TillTime.Corrected(NOW, true));
    }

    @Test
    void aClockThatWasNeverSetCountsAsTheTimeOfReceipt() {
        assertThat(TillTime.of(NOW, null).correct(Instant.EPOCH)).isEqualTo(new TillTime.Corrected(NOW, true));
    }
}
