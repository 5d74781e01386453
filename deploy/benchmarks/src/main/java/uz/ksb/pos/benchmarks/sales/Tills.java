package uz.ksb.pos.benchmarks.sales;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Round;

/** Tills that work side by side, each with a connection of its own, all on one event loop. */
final class Tills implements AutoCloseable {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;
    private final int count;
    private final String address;

    /** @param address of the service */
    Tills(int count, String address) {
        this.count = count;
        this.address = address;
        this.http =
                vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(count).setEventLoopSize(1));
    }

    /** What a till does once; it says how many sales were saved. */
    interface Work {
        Future<Integer> once();
    }

    /** Each till does its work again and again until the time is over; the first failure ends the round. */
    Round run(Duration time, IntFunction<Work> workOfTill) {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        long processorBefore = SYSTEM.getProcessCpuTime();
        Loop[] loops = IntStream.range(0, count)
                .mapToObj(i -> new Loop(workOfTill.apply(i), end))
                .toArray(Loop[]::new);
        try {
            Future.all(IntStream.range(0, count).mapToObj(i -> loops[i].start()).toList())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof BenchFailed failed ? failed : new BenchFailed("a till failed", e.getCause());
        }
        double nanos = System.nanoTime() - begin;
        long saved = IntStream.range(0, count).mapToLong(i -> loops[i].saved).sum();
        double cores = (SYSTEM.getProcessCpuTime() - processorBefore) / nanos;
        return new Round(saved / (nanos / 1e9), OptionalDouble.of(cores));
    }

    /** Sends and fails unless the answer is 200. {@code body} may be null. */
    Future<Buffer> send(HttpMethod method, String path, String token, Buffer body) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setAbsoluteURI(address + path)
                .putHeader("Authorization", "Bearer " + token)
                .putHeader("Content-Type", "application/json");
        return http.request(options)
                .compose(request -> body == null ? request.send() : request.send(body))
                .compose(response -> response.body()
                        .compose(answer -> response.statusCode() == 200
                                ? Future.succeededFuture(answer)
                                : Future.failedFuture(new BenchFailed(
                                        method + " " + path + " answered " + response.statusCode() + ": " + answer))));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** One till's round; on the event loop only, until it has ended. */
    private final class Loop {
        private final Work work;
        private final long end;
        private final Promise<Void> ended = Promise.promise();
        private long saved;

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
                        saved += more;
                        next();
                    })
                    .onFailure(ended::fail);
        }
    }
}
