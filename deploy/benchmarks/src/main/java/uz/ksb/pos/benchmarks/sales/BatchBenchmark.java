package uz.ksb.pos.benchmarks.sales;

import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.stack.Pgbench;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Sales per second through batches of 500, 2 connections. */
public final class BatchBenchmark implements Benchmark {
    private static final int CONNECTIONS = 2;
    private static final int SIZE = 500;
    private static final double MUST_REACH = 0.4;

    @Override
    public String name() {
        return "batch";
    }

    @Override
    public void requireTools() {
        var unused = Pgbench.program();
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        return PreparedSales.of(
                stack,
                CONNECTIONS,
                (tills, scratch) -> new Figure(
                        "sales in batches of " + SIZE,
                        "sales",
                        MUST_REACH,
                        new SavedBatches(stack, tills, SIZE),
                        scratch.contender("batch.sql", CONNECTIONS, SIZE)));
    }
}
