package uz.ksb.pos.benchmarks.gateway.event;

import java.util.BitSet;

/** The events that one client has heard, numbered from 0 on. Any thread. */
public final class History {
    private final BitSet heard = new BitSet();
    private int doubled;
    private int outOfOrder;

    public synchronized void hear(int number) {
        if (heard.get(number)) {
            doubled++;
        } else if (number < heard.length()) {
            outOfOrder++;
        }
        heard.set(number);
    }

    /** How many of the first {@code published} it has not heard. */
    public synchronized int lost(int published) {
        return published - heard.get(0, published).cardinality();
    }

    public synchronized int doubled() {
        return doubled;
    }

    /** Events that came after one with a higher number. */
    public synchronized int outOfOrder() {
        return outOfOrder;
    }
}
