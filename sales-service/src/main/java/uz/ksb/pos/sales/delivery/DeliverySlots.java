package uz.ksb.pos.sales.delivery;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Which enterprises' sales are sent at this moment. An enterprise has one turn at a time, and a turn ends after
 * {@link #MAX_TURN}, so that the one that waits longest comes next. A call that takes longer than {@link #SLOW_AFTER} frees its
 * slot for others while it goes on: slow back offices never hold up the rest.
 */
final class DeliverySlots {
    static final int MAX_SLOTS = 16;
    /** Together with the slow calls. */
    static final int MAX_TURNS = 256;

    static final Duration SLOW_AFTER = Duration.ofSeconds(2);
    static final Duration MAX_TURN = Duration.ofSeconds(5);

    private final LongSupplier nanoTime;
    private final Map<String, Turn> turns = new ConcurrentHashMap<>();

    DeliverySlots(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** @param calledAt when the present call began */
    private record Turn(long begunAt, long calledAt) {}

    /** @return whether the enterprise has a turn now that it had not before */
    synchronized boolean begin(String ksbId) {
        long now = nanoTime.getAsLong();
        long fast = turns.values().stream()
                .filter(turn -> now - turn.calledAt() <= SLOW_AFTER.toNanos())
                .count();
        return fast < MAX_SLOTS && turns.size() < MAX_TURNS && turns.putIfAbsent(ksbId, new Turn(now, now)) == null;
    }

    /** A call ended and the next one begins. @return false when the turn is over and others come first */
    boolean goOn(String ksbId) {
        long now = nanoTime.getAsLong();
        Turn turn = turns.computeIfPresent(ksbId, (id, before) -> new Turn(before.begunAt(), now));
        return turn != null && now - turn.begunAt() <= MAX_TURN.toNanos();
    }

    void end(String ksbId) {
        turns.remove(ksbId);
    }

    Collection<String> enterprises() {
        return List.copyOf(turns.keySet());
    }
}
