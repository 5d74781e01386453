package uz.ksb.pos.platform.schedule;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Work that never runs twice at a time in this process. Asked for while it runs, it runs once more afterwards, however often
 * it was asked for. A failure ends the flight; the next call begins a new one. Any thread.
 */
public final class SingleFlight {
    private final Supplier<Uni<? extends Void>> work;
    private final Consumer<Throwable> onFailure;
    private final AtomicInteger calls = new AtomicInteger();

    public SingleFlight(Supplier<Uni<? extends Void>> work, Consumer<Throwable> onFailure) {
        this.work = work;
        this.onFailure = onFailure;
    }

    /** Returns at once. */
    public void run() {
        if (calls.getAndIncrement() == 0) {
            apart(this::start);
        }
    }

    /** The work is for all, so it does not go on with the trace and the ids of the request that asked for it. */
    private static void apart(Runnable start) {
        Context asking = Vertx.currentContext();
        if (asking == null || !VertxContext.isDuplicatedContext(asking)) {
            start.run();
        } else {
            VertxContext.createNewDuplicatedContext(asking).runOnContext(unused -> start.run());
        }
    }

    private void start() {
        int served = calls.get();
        Uni.createFrom().deferred(work).subscribe().with(done -> next(served), failure -> {
            calls.set(0);
            onFailure.accept(failure);
        });
    }

    private void next(int served) {
        if (calls.addAndGet(-served) > 0) {
            start();
        }
    }
}
