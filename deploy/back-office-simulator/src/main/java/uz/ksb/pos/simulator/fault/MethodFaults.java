package uz.ksb.pos.simulator.fault;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** The ordered faults at work. */
public final class MethodFaults {

    private final Faults faults;
    private final LongSupplier nanoTime;
    private final long ordered;
    private final Random random;
    private int requests;
    private final Map<Fault, Long> struck = new EnumMap<>(Fault.class);

    MethodFaults(Faults faults, LongSupplier nanoTime) {
        this.faults = faults;
        this.nanoTime = nanoTime;
        this.ordered = nanoTime.getAsLong();
        this.random = new Random(faults.seed());
    }

    public Faults ordered() {
        return faults;
    }

    /** Decides about the next request, and counts it. */
    public synchronized Fault next() {
        requests++;
        Fault strike = draw();
        struck.merge(strike, 1L, Long::sum);
        return strike;
    }

    private Fault draw() {
        if (nanoTime.getAsLong() - ordered
                < faults.downForSeconds() * Duration.ofSeconds(1).toNanos()) {
            return Fault.DOWN;
        }
        if (isOver()) {
            return Fault.NOTHING;
        }
        if (faults.status() != 0) {
            return Fault.SCRIPTED;
        }
        if (faults.silentForSeconds() > 0) {
            return Fault.SILENCE;
        }
        if (faults.stalledForSeconds() > 0) {
            return Fault.STALLED;
        }
        // Each rate has its own draw, so that one rate's outcome does not depend on another's being set.
        boolean error = random.nextDouble() < faults.errorRate();
        boolean html = random.nextDouble() < faults.htmlRate();
        boolean lost = random.nextDouble() < faults.lostAnswerRate();
        boolean half = random.nextDouble() < faults.halfAnswerRate();
        return error
                ? Fault.ERROR
                : html ? Fault.HTML : lost ? Fault.LOST_ANSWER : half ? Fault.HALF_ANSWER : Fault.NOTHING;
    }

    public synchronized Map<Fault, Long> struck() {
        return Collections.unmodifiableMap(new EnumMap<>(struck.isEmpty() ? Map.of(Fault.NOTHING, 0L) : struck));
    }

    public boolean refuses(String document) {
        return faults.refuseDocuments().contains(document) || falls(document, "refuse", faults.refuseRate());
    }

    public boolean leavesUnprocessed(String document) {
        return falls(document, "unprocessed", faults.unprocessedRate());
    }

    /** Drawn anew at each try, or a sale would never get its row. */
    public synchronized boolean leavesOutRow() {
        return faults.missingRowRate() > 0 && !isOver() && random.nextDouble() < faults.missingRowRate();
    }

    public synchronized int changesBetweenReadAndRemove() {
        return isOver() ? 0 : faults.changeBetweenReadAndRemove();
    }

    public synchronized int rowsTwice() {
        return isOver() ? 0 : faults.rowsTwice();
    }

    public synchronized int indexesOutOfRange() {
        return isOver() ? 0 : faults.indexesOutOfRange();
    }

    private boolean isOver() {
        return faults.times() > 0 && requests > faults.times();
    }

    private boolean falls(String document, String purpose, double rate) {
        long seed = faults.seed() * 31 + (document + purpose).hashCode();
        return new SplittableRandom(seed).nextDouble() < rate;
    }
}
