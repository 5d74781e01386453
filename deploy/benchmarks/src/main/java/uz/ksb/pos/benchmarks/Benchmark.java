package uz.ksb.pos.benchmarks;

import java.util.List;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Figures that are measured together, on one stack. */
public interface Benchmark {
    String name();

    /** @throws BenchFailed when this machine lacks what the peer needs */
    void requireTools();

    /** Makes ready what the contenders need. */
    Prepared prepare(Stack stack) throws InterruptedException;

    /** What was made ready; closing removes it. */
    interface Prepared extends AutoCloseable {
        List<Figure> figures();

        @Override
        void close();
    }
}
