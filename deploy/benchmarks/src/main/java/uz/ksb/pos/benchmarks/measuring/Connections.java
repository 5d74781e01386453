package uz.ksb.pos.benchmarks.measuring;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import uz.ksb.pos.benchmarks.BenchFailed;

/** HTTP connections to one service that work side by side, all on one event loop. */
public final class Connections implements AutoCloseable {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;
    private final int count;
    private final String address;

    /** @param address of the service */
    public Connections(int count, String address) {
        this.count = count;
        this.address = address;
        this.http =
                vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(count).setEventLoopSize(1));
    }

    /** One piece of work on a connection; it says how much was done. */
    public interface Work {
        Future<Integer> once();
    }

    /** Each connection does its work again and again until the time is over; the first failure ends the round. */
    public Round run(Duration time, IntFunction<Work> workOfConnection) {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        long processorBefore = SYSTEM.getProcessCpuTime();
        Loop[] loops = IntStream.range(0, count)
                .mapToObj(i -> new Loop(workOfConnection.apply(i), end))
                .toArray(Loop[]::new);
        try {
            Future.all(IntStream.range(0, count).mapToObj(i -> loops[i].start()).toList())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof BenchFailed failed ? failed : new BenchFailed("a call failed", e.getCause());
        }
        double nanos = System.nanoTime() - begin;
        long done = IntStream.range(0, count).mapToLong(i -> loops[i].done).sum();
        double cores = (SYSTEM.getProcessCpuTime() - processorBefore) / nanos;
        return new Round(done / (nanos / 1e9), OptionalDouble.of(cores));
    }

    /** An answer that has arrived whole. */
    public record Answer(HttpClientResponse head, Buffer body) {}

    /** Sends JSON. {@code body} may be null. */
    public Future<Answer> send(HttpMethod method, String path, Map<String, String> headers, Buffer body) {
        RequestOptions options = new RequestOptions().setMethod(method).setAbsoluteURI(address + path);
        options.putHeader("Content-Type", "application/json");
        headers.forEach(options::putHeader);
        return http.request(options)
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(head -> head.body().map(answer -> new Answer(head, answer)));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** One connection's round; on the event loop only, until it has ended. */
    private final class Loop {
        private final Work work;
        private final long end;
        private final Promise<Void> ended = Promise.promise();
        private long done;

        Loop(Work work, long end) {
            this.work = work;
            this.end = end;
        }

        Future<Void> start() {
            vertx.runOnContext(begin -> next());
            return ended.future();
        }

        private void next() {
            if (System.nanoTime() >= end) {
                ended.complete();
                return;
            }
            work.once()
                    .onSuccess(more -> {
                        done += more;
                        next();
                    })
                    .onFailure(ended::fail);
        }
    }
}
