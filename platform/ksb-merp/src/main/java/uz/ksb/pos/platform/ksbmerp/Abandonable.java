package uz.ksb.pos.platform.ksbmerp;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** Work that its caller may give up by cancelling: a result that comes nevertheless is closed. */
final class Abandonable {

    private Abandonable() {}

    /** @param onAbandoned ends the work early */
    static <T> Uni<T> uni(Supplier<Future<T>> work, Runnable onAbandoned) {
        return Uni.createFrom().emitter(emitter -> {
            AtomicBoolean over = new AtomicBoolean();
            emitter.onTermination(() -> {
                if (over.compareAndSet(false, true)) {
                    onAbandoned.run();
                }
            });
            work.get()
                    .onFailure(failure -> {
                        if (over.compareAndSet(false, true)) {
                            emitter.fail(failure);
                        }
                    })
                    .onSuccess(result -> {
                        if (over.compareAndSet(false, true)) {
                            emitter.complete(result);
                        } else if (result instanceof AutoCloseable open) {
                            close(open);
                        }
                    });
        });
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
