package uz.ksb.pos.gateway.connection;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** How many connections each device, enterprise and address has. Any thread. */
final class ConnectionCounts {
    private final ConcurrentMap<String, Integer> counts = new ConcurrentHashMap<>();

    /** Counts one more of {@code whose}; false, counting nothing, when it has {@code most} already. */
    boolean enter(String whose, int most) {
        boolean[] entered = new boolean[1];
        counts.compute(whose, (key, count) -> {
            int before = count == null ? 0 : count;
            entered[0] = before < most;
            return entered[0] ? Integer.valueOf(before + 1) : count;
        });
        return entered[0];
    }

    void leave(String whose) {
        counts.computeIfPresent(whose, (key, count) -> count == 1 ? null : count - 1);
    }
}
