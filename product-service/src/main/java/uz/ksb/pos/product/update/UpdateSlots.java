package uz.ksb.pos.product.update;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bounds the updates that are read at the same time: a few of each enterprise, not too many of all. Others wait, unread; the
 * longest waiting goes on first.
 */
final class UpdateSlots {
    static final int MAX_OF_ENTERPRISE = 4;
    private static final int MAX_OF_ALL = 32;
    private static final int MAX_WAITING = 1000;
    static final int MAX_WAITING_OF_ENTERPRISE = 50;

    private final Map<String, Integer> running = new HashMap<>();
    private final Map<Object, Waiting> waiting = new LinkedHashMap<>();
    private int all;

    private record Waiting(String ksbId, Runnable start) {}

    /**
     * Starts a reading now or later.
     *
     * @param id names it, for {@link #leave}
     * @return false when too many wait already
     */
    synchronized boolean enter(Object id, String ksbId, Runnable start) {
        if (waiting.size() == MAX_WAITING || waitingOf(ksbId) == MAX_WAITING_OF_ENTERPRISE) {
            return false;
        }
        waiting.put(id, new Waiting(ksbId, start));
        startWaiting();
        return true;
    }

    /** A reading has ended, or its sender went away while it waited. */
    synchronized void leave(Object id, String ksbId) {
        if (waiting.remove(id) == null) {
            running.computeIfPresent(ksbId, (enterprise, own) -> own == 1 ? null : own - 1);
            all--;
            startWaiting();
        }
    }

    private long waitingOf(String ksbId) {
        return waiting.values().stream()
                .filter(one -> one.ksbId().equals(ksbId))
                .count();
    }

    private void startWaiting() {
        Iterator<Waiting> others = waiting.values().iterator();
        while (all < MAX_OF_ALL && others.hasNext()) {
            Waiting next = others.next();
            if (running.getOrDefault(next.ksbId(), 0) < MAX_OF_ENTERPRISE) {
                others.remove();
                running.merge(next.ksbId(), 1, Integer::sum);
                all++;
                next.start().run();
            }
        }
    }
}
