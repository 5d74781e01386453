package uz.ksb.pos.benchmarks.measuring;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A speed as a share of another one of the same program; the median of the readings.
 *
 * @param mustReach the least share
 */
public record AtLeast(String name, double mustReach, List<Reading> readings) implements Measured {

    /** Both per second. */
    public record Reading(double value, double of) {
        double share() {
            return value / of;
        }
    }

    public AtLeast {
        if (readings.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        readings = List.copyOf(readings);
    }

    private double share() {
        return Comparison.median(readings.stream().map(Reading::share).toList());
    }

    @Override
    public boolean passed() {
        return share() >= mustReach;
    }

    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s: %.2f x (must reach %.2f x): %s [%s]",
                name,
                share(),
                mustReach,
                passed() ? "ok" : "MISSED",
                readings.stream()
                        .map(reading -> String.format(Locale.ROOT, "%,.0f of %,.0f", reading.value(), reading.of()))
                        .collect(Collectors.joining(", ")));
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .put("figure", name)
                .put("share", share())
                .put("mustReach", mustReach)
                .put(
                        "readings",
                        new JsonArray(readings.stream()
                                .map(reading -> new JsonObject()
                                        .put("value", reading.value())
                                        .put("of", reading.of()))
                                .toList()))
                .put("passed", passed());
    }
}
