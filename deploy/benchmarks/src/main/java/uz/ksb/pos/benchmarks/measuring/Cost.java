package uz.ksb.pos.benchmarks.measuring;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The cost of one of something, against a limit and below what it costs a peer. Medians of the pairs.
 *
 * @param unit of the cost, for people
 * @param most the limit, which may be reached
 */
public record Cost(String name, String unit, double most, String peer, List<Pair> pairs) implements Measured {

    /** Measured one after the other. */
    public record Pair(double ours, double peer) {
        double ratio() {
            return ours / peer;
        }
    }

    public Cost {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        pairs = List.copyOf(pairs);
    }

    @Override
    public boolean passed() {
        return median(Pair::ours) <= most && median(Pair::ratio) < 1;
    }

    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s: %.1f %s (at most %.1f) against %.1f of %s = %.2f x (must be below 1.00 x): %s [pairs %s]",
                name,
                median(Pair::ours),
                unit,
                most,
                median(Pair::peer),
                peer,
                median(Pair::ratio),
                passed() ? "ok" : "MISSED",
                pairs.stream()
                        .map(pair -> String.format(Locale.ROOT, "%.1f/%.1f", pair.ours(), pair.peer()))
                        .collect(Collectors.joining(" ")));
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .put("figure", name)
                .put("unit", unit)
                .put("ours", median(Pair::ours))
                .put("peer", peer)
                .put("peers", median(Pair::peer))
                .put("ratio", median(Pair::ratio))
                .put("most", most)
                .put(
                        "pairs",
                        new JsonArray(pairs.stream()
                                .map(pair -> new JsonObject()
                                        .put("ours", pair.ours())
                                        .put("peer", pair.peer()))
                                .toList()))
                .put("passed", passed());
    }

    private double median(ToDoubleFunction<Pair> value) {
        return Comparison.median(pairs.stream().map(value::applyAsDouble).toList());
    }
}
