package uz.ksb.pos.benchmarks.settings;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Connections;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;

/** Callers that repeat one call each, with a connection of their own. */
final class Callers implements AutoCloseable {
    private final Connections connections;

    Callers(int count, String address) {
        this.connections = new Connections(count, address);
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

            /** The first answer that is not the expected one ends the round. */
            @Override
            public Round run(Duration time) {
                return connections.run(time, caller -> {
                    Call call = callOfCaller.apply(caller);
                    return () -> send(call);
                });
            }
        };
    }

    private Future<Integer> send(Call call) {
        return connections
                .send(call.method(), call.path(), call.headers(), call.body())
                .compose(answer -> checked(call, answer));
    }

    private static Future<Integer> checked(Call call, Connections.Answer answer) {
        boolean expected = answer.head().statusCode() == 200
                && call.expected().entrySet().stream().allMatch(header -> header.getValue()
                        .equals(answer.head().getHeader(header.getKey())));
        return expected
                ? Future.succeededFuture(1)
                : Future.failedFuture(new BenchFailed(call.method() + " " + call.path() + " answered "
                        + answer.head().statusCode() + " " + answer.head().headers() + ": " + answer.body()));
    }

    @Override
    public void close() {
        connections.close();
    }
}
