package uz.ksb.pos.benchmarks.measuring;

/**
 * What is promised.
 *
 * @param unit of what is counted per second, for people
 * @param mustReach the least that {@code ours} divided by {@code peer} may be
 */
public record Figure(String name, String unit, double mustReach, Contender ours, Contender peer) {}
