package uz.ksb.pos.sync.run;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Lets at most so many pieces of work run at a time; the longest waiting goes on first. */
final class Turns {
    private final Deque<UniEmitter<? super Void>> waiting = new ArrayDeque<>();
    private int free;

    Turns(int most) {
        this.free = most;
    }

    <T> Uni<T> take(Supplier<Uni<T>> work) {
        return Uni.createFrom()
                .<Void>emitter(this::enter)
                .chain(entered -> work.get())
                .eventually(this::leave);
    }

    private void enter(UniEmitter<? super Void> work) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(work);
                return;
            }
            free--;
        }
        work.complete(null);
    }

    private void leave() {
        UniEmitter<? super Void> next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        next.complete(null);
    }
}
