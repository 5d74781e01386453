package uz.ksb.pos.benchmarks.gateway;

import java.util.List;
import uz.ksb.pos.benchmarks.Benchmark.Prepared;
import uz.ksb.pos.benchmarks.measuring.Figure;

/** Figures whose contenders have been started. */
record Compared(List<Figure> figures, Opened opened) implements Prepared {
    /** Starts contenders. */
    interface Starting {
        List<Figure> figures(Opened opened) throws InterruptedException;
    }

    /** If one cannot be started, those before it are closed. */
    static Compared of(Starting starting) throws InterruptedException {
        Opened opened = new Opened();
        try {
            return new Compared(starting.figures(opened), opened);
        } catch (Throwable failure) {
            opened.close();
            throw failure;
        }
    }

    @Override
    public void close() {
        opened.close();
    }
}
