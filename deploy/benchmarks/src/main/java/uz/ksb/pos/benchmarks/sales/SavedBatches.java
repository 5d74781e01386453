package uz.ksb.pos.benchmarks.sales;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.sales.peer.SaleDocuments;
import uz.ksb.pos.benchmarks.stack.Stack;

/** sales-service, taking over sales that were made offline. */
final class SavedBatches implements Contender {
    private static final UUID ID = UUID.randomUUID();
    private static final long SEQUENCE = 987_654_321;

    private final Stack stack;
    private final Tills tills;
    private final int size;
    private final StoredSales stored;

    SavedBatches(Stack stack, Tills tills, int size) {
        this.stack = stack;
        this.tills = tills;
        this.size = size;
        this.stored = new StoredSales(stack.postgres());
    }

    @Override
    public String name() {
        return "sales-service";
    }

    @Override
    public Round run(Duration time) throws InterruptedException {
        String token = stack.shop().till().token();
        String model =
                SaleDocuments.of(stack.shop(), token).finished(ID, SEQUENCE).encode();
        AtomicLong batches = new AtomicLong();
        AtomicLong told = new AtomicLong();
        long before = stored.count();
        Round round = tills.run(
                time,
                till -> () -> tills.send(
                                HttpMethod.POST,
                                "/api/sales/batch",
                                token,
                                batch(model, batches.getAndIncrement() * size))
                        .compose(answer -> created(answer.toJsonArray()))
                        .onSuccess(told::addAndGet));
        stored.require(before + told.get());
        return round;
    }

    private Buffer batch(String model, long first) {
        return Buffer.buffer(LongStream.rangeClosed(first + 1, first + size)
                .mapToObj(sequence -> model.replace(
                                ID.toString(), UUID.randomUUID().toString())
                        .replace(Long.toString(SEQUENCE), Long.toString(sequence)))
                .collect(Collectors.joining(",", "[", "]")));
    }

    private Future<Integer> created(JsonArray results) {
        long created = results.stream()
                .filter(result -> "created".equals(((JsonObject) result).getString("result")))
                .count();
        return created == size
                ? Future.succeededFuture(size)
                : Future.failedFuture(new BenchFailed(created + " of a batch of " + size + " sales were created"));
    }
}
