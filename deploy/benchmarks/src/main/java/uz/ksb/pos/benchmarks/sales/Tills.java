package uz.ksb.pos.benchmarks.sales;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Connections;
import uz.ksb.pos.benchmarks.measuring.Round;

/** Tills that work side by side, each with a connection of its own. */
final class Tills implements AutoCloseable {
    private final Connections connections;

    /** @param address of the service */
    Tills(int count, String address) {
        this.connections = new Connections(count, address);
    }

    /** @param workOfTill says how many sales it saved */
    Round run(Duration time, IntFunction<Connections.Work> workOfTill) {
        return connections.run(time, workOfTill);
    }

    /** Sends and fails unless the answer is 200. {@code body} may be null. */
    Future<Buffer> send(HttpMethod method, String path, String token, Buffer body) {
        return connections
                .send(method, path, Map.of("Authorization", "Bearer " + token), body)
                .compose(answer -> answer.head().statusCode() == 200
                        ? Future.succeededFuture(answer.body())
                        : Future.failedFuture(new BenchFailed(method + " " + path + " answered "
                                + answer.head().statusCode() + ": " + answer.body())));
    }

    @Override
    public void close() {
        connections.close();
    }
}
