package uz.ksb.pos.benchmarks.measuring;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Something that must not be above a limit, which may be another one in each round.
 *
 * @param always whether no reading may be above its limit; else their median may not
 * @param unit for people
 */
public record AtMost(String name, String unit, boolean always, List<Reading> readings) implements Measured {

    /** @param generatorCores share of a core that the load generator used; 0 when it does not matter */
    public record Reading(double value, double most, double generatorCores) {
        double excess() {
            return value - most;
        }
    }

    public AtMost {
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        readings = List.copyOf(readings);
    }

    public static AtMost median(String name, String unit, List<Reading> readings) {
        return new AtMost(name, unit, false, readings);
    }

    public static AtMost always(String name, String unit, List<Reading> readings) {
        return new AtMost(name, unit, true, readings);
    }

    @Override
    public boolean passed() {
        return !generatorTooBusy() && (always ? highest(Reading::excess) : median(Reading::excess)) <= 0;
    }

    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s: %.1f %s (at most %.1f): %s [%s]",
                name,
                always ? highest(Reading::value) : median(Reading::value),
                unit,
                median(Reading::most),
                verdict(),
                readings.stream()
                        .map(reading -> String.format(Locale.ROOT, "%.1f of %.1f", reading.value(), reading.most()))
                        .collect(Collectors.joining(", ")));
    }

    private String verdict() {
        if (generatorTooBusy()) {
            return "NOT VALID, the load generator was too busy";
        }
        return passed() ? "ok" : "MISSED";
    }

    private boolean generatorTooBusy() {
        return highest(Reading::generatorCores) >= Comparison.MAX_GENERATOR_CORES;
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .put("figure", name)
                .put("unit", unit)
                .put("generatorCores", highest(Reading::generatorCores))
                .put(
                        "readings",
                        new JsonArray(readings.stream()
                                .map(reading -> new JsonObject()
                                        .put("value", reading.value())
                                        .put("most", reading.most()))
                                .toList()))
                .put("passed", passed());
    }

    private double median(ToDoubleFunction<Reading> value) {
        return Comparison.median(readings.stream().map(value::applyAsDouble).toList());
    }

    private double highest(ToDoubleFunction<Reading> value) {
        return readings.stream().mapToDouble(value).max().orElseThrow();
    }
}
