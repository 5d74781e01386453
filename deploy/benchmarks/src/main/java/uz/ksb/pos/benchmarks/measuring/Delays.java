package uz.ksb.pos.benchmarks.measuring;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * How long something takes, against limits. The figures are the medians of the rounds' percentiles.
 *
 * @param offered so many per second began, whatever became of the ones before
 */
public record Delays(
        String name, double offered, Duration mostAtHalf, Duration mostAt99, double leastArrived, List<Round> rounds)
        implements Measured {

    public Delays {
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        rounds = List.copyOf(rounds);
    }

    /**
     * @param begun how many began
     * @param generatorCores share of a core that the load generator used
     */
    public record Round(double p50Millis, double p99Millis, long begun, long arrived, double generatorCores) {

        /** @param nanos the delays of those that arrived, in any order */
        public static Round of(long[] nanos, long begun, double generatorCores) {
            long[] sorted = nanos.clone();
            Arrays.sort(sorted);
            return new Round(millis(sorted, 0.5), millis(sorted, 0.99), begun, sorted.length, generatorCores);
        }

        double arrivedShare() {
            return begun == 0 ? 0 : (double) arrived / begun;
        }
    }

    /** The least delay, in milliseconds, that this share of the {@code nanos} does not exceed. */
    public static double percentile(List<Long> nanos, double share) {
        return millis(nanos.stream().mapToLong(Long::longValue).sorted().toArray(), share);
    }

    private static double millis(long[] sorted, double share) {
        return sorted.length == 0 ? Double.POSITIVE_INFINITY : sorted[(int) Math.ceil(sorted.length * share) - 1] / 1e6;
    }

    @Override
    public boolean passed() {
        return median(Round::p50Millis) < mostAtHalf.toMillis()
                && median(Round::p99Millis) < mostAt99.toMillis()
                && rounds.stream().allMatch(round -> round.arrivedShare() >= leastArrived)
                && !generatorTooBusy();
    }

    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s at %.0f/s: p50 %.1f ms (must be below %d), p99 %.1f ms (below %d), %.1f %% arrived: %s",
                name,
                offered,
                median(Round::p50Millis),
                mostAtHalf.toMillis(),
                median(Round::p99Millis),
                mostAt99.toMillis(),
                rounds.stream().mapToDouble(Round::arrivedShare).min().orElse(0) * 100,
                verdict());
    }

    private String verdict() {
        if (generatorTooBusy()) {
            return "NOT VALID, the load generator was too busy";
        }
        return passed() ? "ok" : "MISSED";
    }

    private boolean generatorTooBusy() {
        return rounds.stream().anyMatch(round -> round.generatorCores() >= Comparison.MAX_GENERATOR_CORES);
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .put("figure", name)
                .put("offered", offered)
                .put("p50Millis", median(Round::p50Millis))
                .put("p99Millis", median(Round::p99Millis))
                .put("mostAtHalfMillis", mostAtHalf.toMillis())
                .put("mostAt99Millis", mostAt99.toMillis())
                .put(
                        "rounds",
                        new JsonArray(rounds.stream()
                                .map(round -> new JsonObject()
                                        .put("p50Millis", round.p50Millis())
                                        .put("p99Millis", round.p99Millis())
                                        .put("begun", round.begun())
                                        .put("arrived", round.arrived())
                                        .put("generatorCores", round.generatorCores()))
                                .toList()))
                .put("passed", passed());
    }

    private double median(ToDoubleFunction<Round> value) {
        return Comparison.median(rounds.stream().map(value::applyAsDouble).toList());
    }
}
