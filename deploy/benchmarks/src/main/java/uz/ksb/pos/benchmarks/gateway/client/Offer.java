package uz.ksb.pos.benchmarks.gateway.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import uz.ksb.pos.benchmarks.gateway.event.Events;
import uz.ksb.pos.benchmarks.gateway.server.Target;

/**
 * Events that were offered to a target at one speed.
 *
 * @param step what came of them
 * @param expected deliveries
 * @param generatorCores share of a core that this process used while it offered
 * @param processor time that the target's process used from the first event to the last arrival
 */
public record Offer(Step step, double perSecond, long expected, double generatorCores, Duration processor) {
    private static final Duration LAST_MAY_TAKE = Duration.ofSeconds(10);
    private static final long TICK_NANOS = 1_000_000;

    /** @param first number of the first event; each target's numbers have no gap */
    public static Offer make(Target target, Crowd crowd, int first, double perSecond, Duration time)
            throws InterruptedException {
        int events = (int) Math.max(1, perSecond * time.toSeconds());
        long expected = (long) events * crowd.size();
        Step step = new Step(first, events);
        crowd.count(step);
        Duration targetBefore = processor(target.process());
        Duration before = processor(ProcessHandle.current());
        long begin = System.nanoTime();
        publish(target, step, first, events, perSecond);
        double cores =
                (double) processor(ProcessHandle.current()).minus(before).toNanos() / (System.nanoTime() - begin);
        awaitLast(step, expected);
        crowd.requireWhole();
        return new Offer(
                step, perSecond, expected, cores, processor(target.process()).minus(targetBefore));
    }

    public double arrivedShare() {
        return (double) step.arrived() / expected;
    }

    public int nextNumber() {
        return step.end();
    }

    private static void publish(Target target, Step step, int first, int events, double perSecond) {
        long begin = System.nanoTime();
        for (int event = 0; event < events; event++) {
            long dueAt = begin + (long) (event / perSecond * 1e9);
            while (System.nanoTime() < dueAt) {
                LockSupport.parkNanos(TICK_NANOS);
            }
            step.sent(first + event, dueAt);
            target.publish(Events.event(first + event));
        }
    }

    private static void awaitLast(Step step, long expected) throws InterruptedException {
        long end = System.nanoTime() + LAST_MAY_TAKE.toNanos();
        while (step.arrived() < expected && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private static Duration processor(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
