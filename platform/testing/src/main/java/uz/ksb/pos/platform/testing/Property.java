package uz.ksb.pos.platform.testing;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Checks a law on many generated cases. Each case has a seed of its own, named when it fails; {@code -Dpos.seed=N} runs
 * that case alone.
 */
public final class Property {
    private Property() {}

    /** Runs {@code law} with {@code cases} random generators. */
    public static void forAll(int cases, Consumer<RandomGenerator> law) {
        Long only = Long.getLong("pos.seed");
        if (only != null) {
            law.accept(generator(only));
            return;
        }
        long first = System.nanoTime();
        for (long seed = first; seed < first + cases; seed++) {
            try {
                law.accept(generator(seed));
            } catch (RuntimeException | AssertionError failure) {
                throw new AssertionError("fails with -Dpos.seed=" + seed + ": " + failure.getMessage(), failure);
            }
        }
    }

    private static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
