package uz.ksb.pos.local.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Work of several tills at the same time. */
final class Parallel {

    private Parallel() {}

    /** The work of one of them. */
    @FunctionalInterface
    interface Work<T> {
        void on(T one) throws InterruptedException;
    }

    /** Does the work on each, all at once; the first failure interrupts the others and is thrown. */
    static <T> void each(List<T> all, Work<T> work) throws InterruptedException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            CompletionService<Void> ended = new ExecutorCompletionService<>(threads);
            List<Object> started = new ArrayList<>();
            for (T one : all) {
                started.add(ended.submit(() -> {
                    work.on(one);
                    return null;
                }));
            }
            for (int i = 0; i < started.size(); i++) {
                ended.take().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
