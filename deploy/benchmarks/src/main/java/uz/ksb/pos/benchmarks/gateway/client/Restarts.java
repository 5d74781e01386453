package uz.ksb.pos.benchmarks.gateway.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import uz.ksb.pos.benchmarks.measuring.Measured;

/**
 * The events that clients heard while their node went away, in all rounds: no round may have a fault.
 *
 * @param kind how it went
 */
public record Restarts(String kind, int clients, List<Round> rounds) implements Measured {
    private static final long MAX_BREAK_MILLIS = 30_000;

    /** @param notRecovered clients that were told to reload */
    public record Round(long lost, long doubled, long outOfOrder, long notRecovered, long longestBreakMillis) {}

    public Restarts {
        if (rounds.isEmpty()) {
            throw new IllegalArgumentException("nothing was measured");
        }
        rounds = List.copyOf(rounds);
    }

    @Override
    public boolean passed() {
        return sum(Round::lost) + sum(Round::doubled) + sum(Round::outOfOrder) + sum(Round::notRecovered) == 0
                && longestBreak() <= MAX_BREAK_MILLIS;
    }

    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s of a node with %,d clients, %d times: %d lost, %d doubled, %d out of order, %d told to reload (must be 0);"
                        + " longest break %.1f s (at most %d): %s",
                kind,
                clients,
                rounds.size(),
                sum(Round::lost),
                sum(Round::doubled),
                sum(Round::outOfOrder),
                sum(Round::notRecovered),
                longestBreak() / 1e3,
                MAX_BREAK_MILLIS / 1_000,
                passed() ? "ok" : "MISSED");
    }

    @Override
    public JsonObject json() {
        return new JsonObject()
                .put("figure", kind)
                .put("clients", clients)
                .put(
                        "rounds",
                        new JsonArray(rounds.stream()
                                .map(round -> new JsonObject()
                                        .put("lost", round.lost())
                                        .put("doubled", round.doubled())
                                        .put("outOfOrder", round.outOfOrder())
                                        .put("notRecovered", round.notRecovered())
                                        .put("longestBreakMillis", round.longestBreakMillis()))
                                .toList()))
                .put("mostBreakMillis", MAX_BREAK_MILLIS)
                .put("passed", passed());
    }

    private long sum(ToLongFunction<Round> count) {
        return rounds.stream().mapToLong(count).sum();
    }

    private long longestBreak() {
        return rounds.stream().mapToLong(Round::longestBreakMillis).max().orElseThrow();
    }
}
