package uz.ksb.pos.benchmarks.gateway;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.gateway.client.Crowd;
import uz.ksb.pos.benchmarks.gateway.client.Offer;
import uz.ksb.pos.benchmarks.gateway.client.Step;
import uz.ksb.pos.benchmarks.gateway.server.Target;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;

/**
 * Looks for the highest step that a target keeps up with. The steps are the same for all targets; a round begins where the
 * last one ended.
 */
final class FanOut implements Contender {
    private static final double BETWEEN_STEPS = 1.25;
    /** Events per second. */
    private static final double MIN_RATIO = 10;

    private static final int MAX_STEP = 40;
    private static final double MUST_ARRIVE = 0.995;
    private static final double MAX_MILLIS = 50;
    private static final Duration PROBE = Duration.ofSeconds(2);

    private final Target target;
    private final Crowd crowd;
    private int level = 10;
    private int nextNumber;
    /** Of those offers that made the round end where it did. */
    private double generatorCores;

    FanOut(Target target, Crowd crowd) {
        this.target = target;
        this.crowd = crowd;
    }

    @Override
    public String name() {
        return target.name();
    }

    /** A round whose step failed while the generator was too busy says so: the fault may be the generator's. */
    @Override
    public Round run(Duration time) throws InterruptedException {
        generatorCores = 0;
        while (level < MAX_STEP && climbs()) {
            level++;
        }
        while (!decides(holds(level, time))) {
            if (level == 0) {
                throw new BenchFailed(target.name() + " does not keep up with the lowest step");
            }
            level--;
        }
        return new Round(perSecond(level) * crowd.size(), OptionalDouble.of(generatorCores));
    }

    /** One pause of the machine does not end the climb. */
    private boolean climbs() throws InterruptedException {
        return holds(level + 1, PROBE).held() || decides(holds(level + 1, PROBE));
    }

    private boolean decides(Trial trial) {
        generatorCores = Math.max(generatorCores, trial.cores());
        return trial.held();
    }

    private static double perSecond(int level) {
        return MIN_RATIO * Math.pow(BETWEEN_STEPS, level);
    }

    private Trial holds(int step, Duration time) throws InterruptedException {
        Offer offer = Offer.make(target, crowd, nextNumber, perSecond(step), time);
        nextNumber = offer.nextNumber();
        Step came = offer.step();
        double slowest = came.percentile(0.99);
        boolean held = offer.arrivedShare() >= MUST_ARRIVE && slowest < MAX_MILLIS && came.outOfOrder() == 0;
        System.out.printf(
                Locale.ROOT,
                "    %s %,.0f/s for %d s: %.2f %% arrived, p50 %.1f ms, p99 %.1f ms, %d out of order, generator %.0f %%: %s%n",
                target.name(),
                perSecond(step) * crowd.size(),
                time.toSeconds(),
                100 * offer.arrivedShare(),
                came.percentile(0.5),
                slowest,
                came.outOfOrder(),
                offer.generatorCores() * 100,
                held ? "held" : "not held");
        return new Trial(held, offer.generatorCores());
    }

    private record Trial(boolean held, double cores) {}
}
