package uz.ksb.pos.benchmarks.settings;

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
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;

/** Callers that repeat one call each, with a connection of their own, all on one event loop. */
final class Callers implements AutoCloseable {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient http;
    private final int count;
    private final String address;

    Callers(int count, String address) {
        this.count = count;
        this.address = address;
        this.http =
                vertx.createHttpClient(new PoolOptions().setHttp1MaxSize(count).setEventLoopSize(1));
    }

    /** @param expected headers that the answer must have */
    record Call(
            HttpMethod method, String path, Map<String, String> headers, Buffer body, Map<String, String> expected) {}

    Contender contender(String name, IntFunction<Call> callOfCaller) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Round run(Duration time) {
                return Callers.this.run(time, callOfCaller);
            }
        };
    }

    /** The first answer that is not the expected one ends the round. */
    private Round run(Duration time, IntFunction<Call> callOfCaller) {
        long begin = System.nanoTime();
        long processorBefore = SYSTEM.getProcessCpuTime();
        Loop[] loops = IntStream.range(0, count)
                .mapToObj(i -> new Loop(callOfCaller.apply(i), begin + time.toNanos()))
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

    private Future<Buffer> send(Call call) {
        RequestOptions options = new RequestOptions().setMethod(call.method()).setAbsoluteURI(address + call.path());
        options.putHeader("Content-Type", "application/json");
        call.headers().forEach(options::putHeader);
        return http.request(options)
                .compose(request -> request.send(call.body()))
                .compose(response -> response.body().compose(body -> checked(call, response, body)));
    }

    private static Future<Buffer> checked(Call call, HttpClientResponse response, Buffer body) {
        boolean expected = response.statusCode() == 200
                && call.expected().entrySet().stream()
                        .allMatch(header -> header.getValue().equals(response.getHeader(header.getKey())));
        return expected
                ? Future.succeededFuture(body)
                : Future.failedFuture(new BenchFailed(call.method() + " " + call.path() + " answered "
                        + response.statusCode() + " " + response.headers() + ": " + body));
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** One caller's round; on the event loop only, until it has ended. */
    private final class Loop {
        private final Call call;
        private final long end;
        private final Promise<Void> ended = Promise.promise();
        private long done;

        Loop(Call call, long end) {
            this.call = call;
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
            send(call)
                    .onSuccess(answer -> {
                        done++;
                        next();
                    })
                    .onFailure(ended::fail);
        }
    }
}
