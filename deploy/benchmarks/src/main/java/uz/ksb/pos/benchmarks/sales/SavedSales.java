package uz.ksb.pos.benchmarks.sales;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.sales.peer.SaleDocuments;
import uz.ksb.pos.benchmarks.stack.Stack;

/** sales-service, saving sales one by one: written open, then completed. */
final class SavedSales implements Contender {
    private final Stack stack;
    private final Tills tills;
    private final StoredSales stored;

    SavedSales(Stack stack, Tills tills) {
        this.stack = stack;
        this.tills = tills;
        this.stored = new StoredSales(stack.postgres());
    }

    @Override
    public String name() {
        return "sales-service";
    }

    @Override
    public Round run(Duration time) throws InterruptedException {
        String token = stack.shop().till().token();
        SaleDocuments documents = SaleDocuments.of(stack.shop(), token);
        Buffer open = documents.open().toBuffer();
        AtomicLong sequence = new AtomicLong();
        AtomicLong told = new AtomicLong();
        long before = stored.count();
        Round round = tills.run(time, till -> () -> {
            String path = "/api/sales/" + UUID.randomUUID();
            Buffer completion = documents.completion(sequence.incrementAndGet()).toBuffer();
            return tills.send(HttpMethod.PUT, path, token, open)
                    .compose(opened -> tills.send(HttpMethod.POST, path + "/completion", token, completion))
                    .map(completed -> {
                        told.incrementAndGet();
                        return 1;
                    });
        });
        stored.require(before + told.get());
        return round;
    }
}
