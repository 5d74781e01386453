package uz.ksb.pos.benchmarks.measuring;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/** A figure and what was measured of it. */
public record Comparison(Figure figure, List<Pair> pairs) implements Measured {
    /** A busier load generator would measure itself. */
    static final double MAX_GENERATOR_CORES = 0.8;

    /** Two rounds that ran one after the other. */
    public record Pair(Round ours, Round peer) {
        double ratio() {
            return ours.perSecond() / peer.perSecond();
        }
    }

    public Comparison {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        pairs = List.copyOf(pairs);
    }

    public double ratio() {
        return median(Pair::ratio);
    }

    @Override
    public boolean passed() {
        return ratio() >= figure.mustReach()
                && median(pair -> pair.ours().perSecond()) >= figure.leastPerSecond()
                && !generatorTooBusy();
    }

    boolean generatorTooBusy() {
        return generatorCores().orElse(0) >= MAX_GENERATOR_CORES;
    }

    /** The most of any round, on both sides: a peer that it holds back would flatter us. */
    OptionalDouble generatorCores() {
        return pairs.stream()
                .flatMap(pair -> Stream.of(pair.ours(), pair.peer()))
                .flatMapToDouble(round -> round.generatorCores().stream())
                .max();
    }

    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s: %,.0f %s/s against %,.0f of %s = %.2f x (must reach %.2f x%s): %s [pairs %s%s]",
                figure.name(),
                median(pair -> pair.ours().perSecond()),
                figure.unit(),
                median(pair -> pair.peer().perSecond()),
                figure.peer().name(),
                ratio(),
                figure.mustReach(),
                figure.leastPerSecond() > 0 ? String.format(Locale.ROOT, " and %,.0f/s", figure.leastPerSecond()) : "",
                verdict(),
                String.join(" ", texts(Pair::ratio)),
                generatorText());
    }

    private String verdict() {
        if (generatorTooBusy()) {
            return "NOT VALID, the load generator was too busy";
        }
        return passed() ? "ok" : "MISSED";
    }

    private String generatorText() {
        OptionalDouble cores = generatorCores();
        return cores.isEmpty()
                ? ""
                : String.format(Locale.ROOT, "; load generator %.0f %% of a core", cores.getAsDouble() * 100);
    }

    @Override
    public JsonObject json() {
        JsonObject json = new JsonObject()
                .put("figure", figure.name())
                .put("unit", figure.unit() + "/s")
                .put("ours", side(figure.ours(), Pair::ours))
                .put("peer", side(figure.peer(), Pair::peer))
                .put("ratios", new JsonArray(pairs.stream().map(Pair::ratio).toList()))
                .put("ratio", ratio())
                .put("mustReach", figure.mustReach())
                .put("leastPerSecond", figure.leastPerSecond())
                .put("passed", passed());
        generatorCores().ifPresent(cores -> json.put("generatorCores", cores));
        return json;
    }

    private JsonObject side(Contender contender, Function<Pair, Round> round) {
        return new JsonObject()
                .put("name", contender.name())
                .put("median", median(pair -> round.apply(pair).perSecond()))
                .put(
                        "rounds",
                        new JsonArray(pairs.stream()
                                .map(pair -> round.apply(pair).perSecond())
                                .toList()));
    }

    private double median(Function<Pair, Double> value) {
        return median(pairs.stream().map(value).toList());
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private List<String> texts(Function<Pair, Double> value) {
        return pairs.stream()
                .map(value)
                .map(number -> String.format(Locale.ROOT, "%.2f", number))
                .toList();
    }
}
