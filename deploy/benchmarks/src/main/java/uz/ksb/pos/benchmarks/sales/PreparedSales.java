package uz.ksb.pos.benchmarks.sales;

import java.util.List;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.sales.peer.Scratch;
import uz.ksb.pos.benchmarks.stack.Stack;

/** A figure of sales, with what belongs to its contenders. */
record PreparedSales(Figure figure, Tills tills, Scratch scratch) implements Benchmark.Prepared {

    /** Compares tills at the service with a script of pgbench. */
    interface Comparing {
        Figure figure(Tills tills, Scratch scratch);
    }

    /** @param connections of the tills */
    static PreparedSales of(Stack stack, int connections, Comparing comparing) throws InterruptedException {
        Scratch scratch = Scratch.in(stack);
        Tills tills = new Tills(connections, stack.service(3));
        return new PreparedSales(comparing.figure(tills, scratch), tills, scratch);
    }

    @Override
    public List<Figure> figures() {
        return List.of(figure);
    }

    @Override
    public void close() {
        tills.close();
        scratch.close();
    }
}
