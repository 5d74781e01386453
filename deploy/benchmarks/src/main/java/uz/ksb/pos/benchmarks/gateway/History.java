package uz.ksb.pos.benchmarks.gateway;

import java.util.BitSet;

/** What one client has heard of events that are numbered from 0 on. Any thread. */
final class History {
    private final BitSet heard = new BitSet();
    private int doubled;
    private int outOfOrder;

    synchronized void hear(int number) {
        if (heard.get(number)) {
            doubled++;
        } else if (number < heard.length()) {
            outOfOrder++;
        }
        heard.set(number);
    }

    /** How many of the first {@code published} it has not heard. */
    synchronized int lost(int published) {
        return published - heard.get(0, published).cardinality();
    }

    synchronized int doubled() {
        return doubled;
    }

    /** Events that came after one with a higher number. */
    synchronized int outOfOrder() {
        return outOfOrder;
    }
}
