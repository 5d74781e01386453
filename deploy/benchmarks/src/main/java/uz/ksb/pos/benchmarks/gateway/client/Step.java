package uz.ksb.pos.benchmarks.gateway.client;

import java.util.concurrent.atomic.AtomicLong;

/** Events offered at one speed, and what came of them. The crowd's thread counts, others read. */
public final class Step {
    private static final long NANOS_PER_SLOT = 100_000;
    private static final int SLOTS = 50_000;

    private final int first;
    private final long[] sentAt;
    private final int[] arrivals = new int[SLOTS];
    private final AtomicLong arrived = new AtomicLong();
    private volatile long outOfOrder;
    private volatile int published;

    /** @param first number of the first event */
    public Step(int first, int events) {
        this.first = first;
        this.sentAt = new long[events];
    }

    /** Number of the first event after it. */
    public int end() {
        return first + sentAt.length;
    }

    public boolean isFirst(int number) {
        return number == first;
    }

    /** Before the event is given to the target; when it was due counts, so that a late sender is no excuse. */
    public void sent(int number, long dueAt) {
        sentAt[number - first] = dueAt;
        published = number - first + 1;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread counts
    public void arrived(int number, boolean inOrder, long now) {
        int index = number - first;
        if (index < 0 || index >= published) {
            return;
        }
        if (!inOrder) {
            outOfOrder++;
        }
        long slot = (now - sentAt[index]) / NANOS_PER_SLOT;
        arrivals[(int) Math.clamp(slot, 0, SLOTS - 1)]++;
        arrived.lazySet(arrived.get() + 1);
    }

    public long arrived() {
        return arrived.get();
    }

    /** Gaps, repetitions and turns in any client's sequence. */
    public long outOfOrder() {
        return outOfOrder;
    }

    /** Milliseconds that {@code share} of what arrived took at most. */
    public double percentile(double share) {
        long wanted = (long) Math.ceil(arrived() * share);
        long seen = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            seen += arrivals[slot];
            if (seen >= wanted) {
                return (slot + 1) * NANOS_PER_SLOT / 1e6;
            }
        }
        return Double.POSITIVE_INFINITY;
    }
}
