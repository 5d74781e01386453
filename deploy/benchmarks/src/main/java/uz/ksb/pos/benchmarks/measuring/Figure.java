package uz.ksb.pos.benchmarks.measuring;

/**
 * A promise.
 *
 * @param unit of what is counted per second, for people
 * @param mustReach the least that {@code ours} divided by {@code peer} may be
 * @param leastPerSecond what {@code ours} must reach whatever the peer does; 0 when nothing is said
 */
public record Figure(
        String name, String unit, double mustReach, double leastPerSecond, Contender ours, Contender peer) {

    public Figure(String name, String unit, double mustReach, Contender ours, Contender peer) {
        this(name, unit, mustReach, 0, ours, peer);
    }
}
