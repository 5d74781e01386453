package uz.ksb.pos.benchmarks.gateway;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;

/**
 * Looks for the highest step that a target keeps up with. The steps are the same for all targets; a round begins where the
 * last one ended.
 */
final class FanOut implements Contender {
    private static final double BETWEEN_STEPS = 1.25;
    /** Events per second. */
    private static final double LOWEST = 10;

    private static final int HIGHEST_STEP = 40;
    private static final double MUST_ARRIVE = 0.995;
    private static final double MOST_MILLIS = 50;
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration LAST_MAY_TAKE = Duration.ofSeconds(10);
    private static final long TICK_NANOS = 1_000_000;

    private final Target target;
    private final Crowd crowd;
    private int level = 10;
    private int nextNumber;
    private double generatorCores;

    FanOut(Target target, Crowd crowd) {
        this.target = target;
        this.crowd = crowd;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public Round run(Duration time) throws InterruptedException {
        while (level < HIGHEST_STEP && holds(level + 1, PROBE)) {
            level++;
        }
        while (!holds(level, time)) {
            if (level == 0) {
                throw new BenchFailed(target.name() + " does not keep up with the lowest step");
            }
            level--;
        }
        return new Round(perSecond(level) * crowd.size(), OptionalDouble.of(generatorCores));
    }

    private static double perSecond(int level) {
        return LOWEST * Math.pow(BETWEEN_STEPS, level);
    }

    private boolean holds(int step, Duration time) throws InterruptedException {
        int events = (int) Math.max(1, perSecond(step) * time.toSeconds());
        Step offered = new Step(nextNumber, events);
        crowd.count(offered);
        long processorBefore = processorNanos();
        long begin = System.nanoTime();
        offer(offered, events, perSecond(step));
        double cores = (double) (processorNanos() - processorBefore) / (System.nanoTime() - begin);
        long expected = (long) events * crowd.size();
        awaitLast(offered, expected);
        nextNumber += events;
        crowd.requireWhole();
        double slowest = offered.percentile(0.99);
        boolean held =
                offered.arrived() >= MUST_ARRIVE * expected && slowest < MOST_MILLIS && offered.outOfOrder() == 0;
        if (held) {
            generatorCores = cores;
        }
        System.out.printf(
                Locale.ROOT,
                "    %s %,.0f/s for %d s: %.2f %% arrived, p50 %.1f ms, p99 %.1f ms, %d out of order, generator %.0f %%: %s%n",
                target.name(),
                perSecond(step) * crowd.size(),
                time.toSeconds(),
                100.0 * offered.arrived() / expected,
                offered.percentile(0.5),
                slowest,
                offered.outOfOrder(),
                cores * 100,
                held ? "held" : "not held");
        return held;
    }

    private void offer(Step step, int events, double perSecond) {
        long begin = System.nanoTime();
        for (int event = 0; event < events; event++) {
            long dueAt = begin + (long) (event / perSecond * 1e9);
            while (System.nanoTime() < dueAt) {
                LockSupport.parkNanos(TICK_NANOS);
            }
            step.sent(nextNumber + event, dueAt);
            target.publish(Events.event(nextNumber + event));
        }
    }

    private static void awaitLast(Step step, long expected) throws InterruptedException {
        long end = System.nanoTime() + LAST_MAY_TAKE.toNanos();
        while (step.arrived() < expected && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static long processorNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }
}
