package uz.ksb.pos.benchmarks.measuring;

import java.util.OptionalDouble;

/**
 * One result of one contender.
 *
 * @param generatorCores share of a core that the load generator used; empty when the load was made elsewhere
 */
public record Round(double perSecond, OptionalDouble generatorCores) {

    public static Round of(double perSecond) {
        return new Round(perSecond, OptionalDouble.empty());
    }
}
