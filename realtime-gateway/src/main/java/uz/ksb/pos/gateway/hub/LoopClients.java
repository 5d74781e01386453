package uz.ksb.pos.gateway.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import uz.ksb.pos.gateway.rings.Ring;

/**
 * The subscribers of one enterprise on one event loop: woken once, served one after the other in one turn. Its members are
 * touched on that loop only.
 */
final class LoopClients {
    /**
     * The next turn begins this many times a turn's own length after it, so that what a write to each of many clients costs
     * is shared by all that came meanwhile. A group of a few does not wait.
     */
    private static final int TURNS_APART = 10;

    private static final long MAX_APART_NANOS = 20_000_000;

    private final ClientSink.Loop loop;
    private final Ring ring;
    private final List<Subscriber> members = new ArrayList<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private long notBefore = System.nanoTime();
    private final Runnable afterTurn;

    LoopClients(ClientSink.Loop loop, Ring ring, Runnable afterTurn) {
        this.loop = loop;
        this.ring = ring;
        this.afterTurn = afterTurn;
    }

    /** Any thread. */
    void wake() {
        if (woken.compareAndSet(false, true)) {
            loop.executor().execute(this::turnWhenDue);
        }
    }

    private void turnWhenDue() {
        long wait = notBefore - System.nanoTime();
        if (wait > 0) {
            loop.later().run(this::turn, wait);
        } else {
            turn();
        }
    }

    /** Any thread; {@code action} runs on the loop. */
    void each(Consumer<Subscriber> action) {
        loop.executor().execute(() -> List.copyOf(members).forEach(action));
    }

    void add(Subscriber subscriber) {
        subscriber.seat = members.size();
        members.add(subscriber);
    }

    void remove(Subscriber subscriber) {
        Subscriber last = members.removeLast();
        if (last != subscriber) {
            members.set(subscriber.seat, last);
            last.seat = subscriber.seat;
        }
    }

    /** Iterates from the end, because a client that leaves in its turn is replaced by the last. */
    private void turn() {
        woken.set(false);
        long begun = System.nanoTime();
        FrameBatches batches = new FrameBatches(ring);
        try {
            for (int seat = members.size() - 1; seat >= 0; seat--) {
                members.get(seat).pump(batches);
            }
        } finally {
            batches.release();
        }
        notBefore = begun + Math.min(TURNS_APART * (System.nanoTime() - begun), MAX_APART_NANOS);
        afterTurn.run();
    }
}
