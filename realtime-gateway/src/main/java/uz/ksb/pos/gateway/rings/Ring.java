package uz.ksb.pos.gateway.rings;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;

/**
 * The last events of one enterprise. One thread writes, any number read by index without locks: a slot is filled before
 * {@link #next()} tells of it, and {@link #lost()} is raised before a slot is emptied.
 */
public final class Ring {
    private static final int MIN_SLOTS = 16;

    private final int partition;
    private final long maxBytes;
    private final Map<String, Frame> newest = new ConcurrentHashMap<>();
    private volatile Frame[] slots = new Frame[MIN_SLOTS];
    private volatile long first;
    private volatile long next;
    private volatile Position lost;
    private volatile long bytes;

    Ring(int partition, Position start, long maxBytes) {
        this.partition = partition;
        this.lost = start;
        this.maxBytes = maxBytes;
    }

    public int partition() {
        return partition;
    }

    /** Index of the oldest frame that is still there. */
    public long first() {
        return first;
    }

    /** Index that the next event will have. */
    public long next() {
        return next;
    }

    /** The end of the events that this ring has let go, by topic. */
    public Position lost() {
        return lost;
    }

    public long bytes() {
        return bytes;
    }

    /** Whether a value of the state {@code key} stands here: newer than any that was let go. */
    public boolean holdsState(String key) {
        return key != null && newest.containsKey(key);
    }

    /** The frame at {@code index}, below {@link #next()}; null when it has been let go. */
    public Frame get(long index) {
        Frame[] now = slots;
        Frame frame = now[slot(index, now)];
        return frame != null && frame.index() == index ? frame : null;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    void append(Frame frame) {
        if (next - first == slots.length) {
            grow();
        }
        supersedeBy(frame);
        frame.placeAt(next);
        slots[slot(next, slots)] = frame;
        next++;
        bytes += frame.size();
        while (bytes > maxBytes && next - first > 1) {
            evict();
        }
    }

    /** Lets go what was recorded before {@code time}, in milliseconds of the epoch. */
    void evictOlderThan(long time) {
        while (first < next && get(first).facts().recordedAt() < time) {
            evict();
        }
    }

    private void supersedeBy(Frame frame) {
        String key = frame.facts().stateKey();
        if (key != null) {
            Frame before = newest.put(key, frame);
            if (before != null) {
                before.supersede();
            }
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one writer
    private void evict() {
        Frame oldest = get(first);
        LiveTopic topic = oldest.facts().topic();
        lost = lost.after(topic, oldest.facts().offset(), oldest.facts().leader());
        slots[slot(first, slots)] = null;
        first++;
        bytes -= oldest.size();
        if (oldest.facts().stateKey() != null) {
            newest.remove(oldest.facts().stateKey(), oldest);
        }
    }

    private void grow() {
        Frame[] larger = new Frame[slots.length * 2];
        for (long index = first; index < next; index++) {
            larger[slot(index, larger)] = get(index);
        }
        slots = larger;
    }

    private static int slot(long index, Frame[] slots) {
        return (int) (index & (slots.length - 1));
    }
}
