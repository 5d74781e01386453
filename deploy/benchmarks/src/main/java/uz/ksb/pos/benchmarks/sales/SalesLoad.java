package uz.ksb.pos.benchmarks.sales;

import java.time.Duration;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Sixteen tills that sell at one process of sales-service, whichever it is. */
public final class SalesLoad implements AutoCloseable {
    private static final int CONNECTIONS = 16;

    private final Tills tills;
    private final SavedSales sales;

    /** @param address of the process */
    public SalesLoad(Stack stack, String address) {
        this.tills = new Tills(CONNECTIONS, address);
        this.sales = new SavedSales(stack, tills);
    }

    /** Sales per second; what was told to be saved is in the table. */
    public Round run(Duration time) throws InterruptedException {
        return sales.run(time);
    }

    @Override
    public void close() {
        tills.close();
    }
}
