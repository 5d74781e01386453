package uz.ksb.pos.platform.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Does the same work many times at once. */
public final class AtOnce {
    private AtOnce() {}

    /** One piece of the work. */
    @FunctionalInterface
    public interface Work<T> {
        /** @param number from 0 */
        T at(int number) throws Exception;
    }

    /** The results of {@code times} pieces, each on a thread of its own, in the order of their numbers. */
    public static <T> List<T> atOnce(int times, Work<T> work) {
        return atOnce(times, times, work);
    }

    /** @throws IllegalStateException when a piece fails */
    public static <T> List<T> atOnce(int threads, int times, Work<T> work) {
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> running = IntStream.range(0, times)
                    .mapToObj(number -> pool.submit(() -> work.at(number)))
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
