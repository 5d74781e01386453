package uz.ksb.pos.platform.ksbmerp;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import uz.ksb.pos.platform.ksbmerp.BackOfficeFailure.Reason;

/**
 * The enterprises whose back offices this process calls at a time, so that silent ones hold up no other. An enterprise has one turn at a
 * time. There are places for so many turns whose calls are quick. A call that takes longer than {@code slowAfter} goes on in a room
 * for slow ones and frees its place; when that room is full, it is given up. An enterprise that was slow in its last turn waits for
 * the room of slow ones. So no call holds a place for longer than {@code slowAfter}, however many back offices are silent and for
 * however long. Any thread.
 */
public final class Places {
    static final Duration MAX_TURN = Duration.ofSeconds(5);

    private final int quick;
    private final int slow;
    private final Duration slowAfter;
    private final Runnable onSlow;
    private final LongSupplier nanoTime;
    private final Map<String, Turn> turns = new HashMap<>();

    /**
     * All turns together are no more than the connections to one address.
     *
     * @param quick turns at a time whose calls are quick
     * @param slow turns at a time whose calls are not
     * @param onSlow is called when a place may have been freed by a slow call
     */
    public Places(int quick, int slow, Duration slowAfter, Runnable onSlow) {
        this(quick, slow, slowAfter, onSlow, System::nanoTime);
    }

    Places(int quick, int slow, Duration slowAfter, Runnable onSlow, LongSupplier nanoTime) {
        this.quick = quick;
        this.slow = slow;
        this.slowAfter = slowAfter;
        this.onSlow = onSlow;
        this.nanoTime = nanoTime;
    }

    private static final class Turn {
        private final long begunAt;
        /** In the room of slow ones. */
        private boolean aside;

        private boolean late;

        Turn(long begunAt, boolean aside) {
            this.begunAt = begunAt;
            this.aside = aside;
        }
    }

    /** Whether another turn can begin. */
    public synchronized boolean hasRoom(boolean slowOne) {
        long there =
                turns.values().stream().filter(turn -> turn.aside == slowOne).count();
        return there < (slowOne ? slow : quick);
    }

    /**
     * @param wasSlow what {@link #wasSlow} said of its last turn
     * @return whether the enterprise has a turn now that it had not before
     */
    public synchronized boolean enter(String ksbId, boolean wasSlow) {
        if (turns.containsKey(ksbId) || !hasRoom(wasSlow)) {
            return false;
        }
        turns.put(ksbId, new Turn(nanoTime.getAsLong(), wasSlow));
        return true;
    }

    public synchronized boolean hasTurn(String ksbId) {
        return turns.containsKey(ksbId);
    }

    /** Whether its turn may go on; false: others come first. */
    public synchronized boolean goesOn(String ksbId) {
        Turn turn = turns.get(ksbId);
        return turn != null && (turn.aside || !turn.late) && nanoTime.getAsLong() - turn.begunAt <= MAX_TURN.toNanos();
    }

    /** Whether a call of its turn was slow. */
    public synchronized boolean wasSlow(String ksbId) {
        Turn turn = turns.get(ksbId);
        return turn != null && turn.late;
    }

    public synchronized void leave(String ksbId) {
        turns.remove(ksbId);
    }

    public synchronized List<String> enterprises() {
        return List.copyOf(turns.keySet());
    }

    /**
     * Goes to the room of slow ones, and stays there for this turn.
     *
     * @return false when that is full: it keeps its place
     */
    public synchronized boolean stepAside(String ksbId) {
        Turn turn = turns.get(ksbId);
        if (turn == null || turn.aside) {
            return true;
        }
        turn.aside = hasRoom(true);
        return turn.aside;
    }

    /** A call of the back office. Fails with a {@link BackOfficeFailure} when it is slow and there is no room for it. */
    public <T> Uni<T> call(String ksbId, Uni<T> call) {
        return Uni.join().first(call, this.<T>whenSlow(() -> late(ksbId))).toTerminate();
    }

    /** Work between two calls that may take long: it frees its place, if there is room. */
    public <T> Uni<T> work(String ksbId, Uni<T> work) {
        return Uni.join()
                .first(work, this.<T>whenSlow(() -> {
                    var unused = stepAside(ksbId);
                    return true;
                }))
                .toTerminate();
    }

    private synchronized boolean late(String ksbId) {
        Turn turn = turns.get(ksbId);
        if (turn != null) {
            turn.late = true;
        }
        return stepAside(ksbId);
    }

    private <T> Uni<T> whenSlow(BooleanSupplier mayGoOn) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(slowAfter)
                .map(passed -> mayGoOn.getAsBoolean())
                .invoke(onSlow)
                .chain(goesOn -> goesOn
                        ? Uni.createFrom().<T>nothing()
                        : Uni.createFrom()
                                .<T>failure(new BackOfficeFailure(
                                        Reason.SILENT,
                                        "the back office has not answered within %s, while many others are silent"
                                                .formatted(slowAfter))));
    }
}
