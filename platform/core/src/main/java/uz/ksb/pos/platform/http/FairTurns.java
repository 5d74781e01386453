package uz.ksb.pos.platform.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns for few callers at a time, out of many. Waiting callers are asked in rotation, so that a caller of many does not
 * delay others. Any thread.
 */
final class FairTurns {
    private final int most;
    private final int mostEach;
    private final Map<String, Deque<Turn>> waiting = new LinkedHashMap<>();
    private final Map<String, Integer> taken = new HashMap<>();
    private int present;

    /**
     * @param most turns at a time
     * @param mostEach of them for one owner
     */
    FairTurns(int most, int mostEach) {
        this.most = most;
        this.mostEach = mostEach;
    }

    /** A turn of {@code owner}: {@code begin} is called when it comes, perhaps at once, on whatever thread ends the one before. */
    Turn enter(String owner, Runnable begin) {
        Turn turn = new Turn(owner, begin);
        synchronized (this) {
            waiting.computeIfAbsent(owner, first -> new ArrayDeque<>()).add(turn);
        }
        beginNext();
        return turn;
    }

    private void beginNext() {
        for (Turn next = take(); next != null; next = take()) {
            next.begin.run();
        }
    }

    private synchronized Turn take() {
        if (present >= most) {
            return null;
        }
        for (Iterator<Map.Entry<String, Deque<Turn>>> owners =
                        waiting.entrySet().iterator();
                owners.hasNext(); ) {
            Map.Entry<String, Deque<Turn>> owner = owners.next();
            if (taken.getOrDefault(owner.getKey(), 0) < mostEach) {
                Turn turn = owner.getValue().remove();
                owners.remove();
                if (!owner.getValue().isEmpty()) {
                    waiting.put(owner.getKey(), owner.getValue());
                }
                turn.hasBegun = true;
                present++;
                taken.merge(turn.owner, 1, Integer::sum);
                return turn;
            }
        }
        return null;
    }

    /** A request for a turn. */
    final class Turn {
        private final String owner;
        private final Runnable begin;
        private boolean hasBegun;
        private boolean hasEnded;

        private Turn(String owner, Runnable begin) {
            this.owner = owner;
            this.begin = begin;
        }

        /** Ends the turn, or gives it up before it has come. A second call has no effect. */
        void leave() {
            synchronized (FairTurns.this) {
                if (hasEnded) {
                    return;
                }
                hasEnded = true;
                if (hasBegun) {
                    present--;
                    taken.computeIfPresent(owner, (who, count) -> count == 1 ? null : count - 1);
                } else {
                    waiting.computeIfPresent(owner, (who, turns) -> {
                        turns.remove(this);
                        return turns.isEmpty() ? null : turns;
                    });
                }
            }
            beginNext();
        }
    }
}
