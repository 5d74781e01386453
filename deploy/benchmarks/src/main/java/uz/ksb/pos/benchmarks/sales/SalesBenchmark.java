package uz.ksb.pos.benchmarks.sales;

import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.stack.Pgbench;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Sales per second through PUT and completion, 16 connections. */
public final class SalesBenchmark implements Benchmark {
    private static final int CONNECTIONS = 16;
    private static final double MUST_REACH = 0.3;

    @Override
    public String name() {
        return "sales";
    }

    @Override
    public void requireTools() {
        var unused = Pgbench.program();
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        PreparedSales prepared = PreparedSales.of(
                stack,
                CONNECTIONS,
                (tills, scratch) -> new Figure(
                        "sales, PUT and completion",
                        "sales",
                        MUST_REACH,
                        new SavedSales(stack, tills),
                        scratch.contender("sale.sql", CONNECTIONS, 1)));
        return new CostedSales(prepared, stack);
    }
}
