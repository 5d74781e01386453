package uz.ksb.pos.benchmarks.sales;

import java.util.List;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.Figure;

/** A figure of sales, with what belongs to its contenders. */
record PreparedSales(Figure figure, Tills tills, Scratch scratch) implements Benchmark.Prepared {

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
