package uz.ksb.pos.benchmarks.measuring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.benchmarks.measuring.Comparison.Pair;

class ComparisonTest {
    private static final Figure FIGURE =
            new Figure("sales", "sales", 0.3, new Scripted("ours"), new Scripted("theirs"));

    @TempDir
    private Path folder;

    @Test
    void theMedianOfThePairsRatiosCounts() {
        // The medians of the two sides would give 300 / 1000.
        Comparison comparison = comparison(pair(100, 1000, 0.1), pair(300, 600, 0.1), pair(400, 2000, 0.1));
        assertThat(comparison.ratio()).isEqualTo(0.2);
        assertThat(comparison.passed()).isFalse();
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
        assertThat(Comparison.median(List.of(4.0, 1.0, 2.0, 100.0))).isEqualTo(3.0);
        assertThat(Comparison.median(List.of(7.0))).isEqualTo(7.0);
    }

    @Test
    void exactlyWhatMustBeReachedIsEnough() {
        assertThat(comparison(pair(30, 100, 0.1)).passed()).isTrue();
        assertThat(comparison(pair(29, 100, 0.1)).passed()).isFalse();
    }

    @Test
    void aRatioIsNotEnoughWhereALeastRateIsPromisedToo() {
        Figure figure = new Figure("relay", "events", 0.2, 5_000, new Scripted("ours"), new Scripted("theirs"));
        Comparison slow = new Comparison(figure, List.of(new Pair(Round.of(4_999), Round.of(10_000))));

        assertThat(slow.passed()).isFalse();
        assertThat(slow.line()).contains("(must reach 0.20 x and 5,000/s): MISSED");
        assertThat(new Comparison(figure, List.of(new Pair(Round.of(5_000), Round.of(10_000)))).passed())
                .isTrue();
    }

    @Test
    void aRoundWhoseLoadGeneratorWasTooBusyIsNotValid() {
        Comparison comparison = comparison(pair(90, 100, 0.1), pair(90, 100, 0.8), pair(90, 100, 0.1));
        assertThat(comparison.passed()).isFalse();
        assertThat(comparison.line()).contains("NOT VALID").contains("80 % of a core");
    }

    @Test
    void aGeneratorThatHeldThePeerBackMakesTheRoundInvalidToo() {
        Comparison comparison =
                comparison(new Pair(new Round(90, OptionalDouble.of(0.1)), new Round(100, OptionalDouble.of(0.85))));
        assertThat(comparison.passed()).isFalse();
        assertThat(comparison.line()).contains("NOT VALID").contains("85 % of a core");
    }

    @Test
    void aLoadMadeElsewhereNeedsNoShareOfACore() {
        Comparison comparison = comparison(new Pair(Round.of(50), Round.of(100)));
        assertThat(comparison.passed()).isTrue();
        assertThat(comparison.line()).doesNotContain("generator");
        assertThat(comparison.json().containsKey("generatorCores")).isFalse();
    }

    @Test
    void nothingMeasuredIsNoResult() {
        assertThatThrownBy(() -> comparison()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneLineSaysItAll() {
        assertThat(comparison(pair(350, 1000, 0.25), pair(400, 1000, 0.2), pair(320, 1000, 0.2))
                        .line())
                .isEqualTo("sales: 350 sales/s against 1,000 of theirs = 0.35 x (must reach 0.30 x): ok"
                        + " [pairs 0.35 0.40 0.32; load generator 25 % of a core]");
        assertThat(comparison(pair(100, 1000, 0.2)).line()).contains(": MISSED");
    }

    @Test
    void theFileCarriesEveryRound() throws Exception {
        Comparison good = comparison(pair(350, 1000, 0.25));
        Comparison bad = comparison(pair(100, 1000, 0.25));
        Machine machine = new Machine("Linux", "a processor", 2, "25", 1.5);
        Path file = new Report("sales", "./pos bench sales", Instant.EPOCH, machine, 2.5, List.of(good, bad))
                .write(folder.resolve("new"));
        JsonObject json = new JsonObject(Files.readString(file));
        assertThat(file.getFileName()).hasToString("sales.json");
        assertThat(json.getString("command")).isEqualTo("./pos bench sales");
        assertThat(json.getString("at")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(json.getJsonObject("machine").getDouble("loadBefore")).isEqualTo(1.5);
        assertThat(json.getDouble("loadAfter")).isEqualTo(2.5);
        assertThat(json.getBoolean("passed")).isFalse();
        JsonObject figure = json.getJsonArray("figures").getJsonObject(0);
        assertThat(figure.getBoolean("passed")).isTrue();
        assertThat(figure.getDouble("ratio")).isEqualTo(0.35);
        assertThat(figure.getDouble("mustReach")).isEqualTo(0.3);
        assertThat(figure.getDouble("generatorCores")).isEqualTo(0.25);
        assertThat(figure.getJsonObject("peer").getJsonArray("rounds")).isEqualTo(JsonArray.of(1000.0));
    }

    private static Comparison comparison(Pair... pairs) {
        return new Comparison(FIGURE, Arrays.asList(pairs));
    }

    private static Pair pair(double ours, double peer, double cores) {
        return new Pair(new Round(ours, OptionalDouble.of(cores)), Round.of(peer));
    }
}
