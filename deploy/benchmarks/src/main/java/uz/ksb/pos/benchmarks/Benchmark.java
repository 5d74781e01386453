package uz.ksb.pos.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Figures that are measured together, on one stack. */
public interface Benchmark {
    String name();

    /** @throws BenchFailed when this machine lacks what the peer needs */
    default void requireTools() {}

    /** Makes ready what the contenders need. */
    Prepared prepare(Stack stack) throws InterruptedException;

    /** The same with more of everything, where that is a figure of its own ({@code --full}). */
    default Prepared prepareFull(Stack stack) throws InterruptedException {
        return prepare(stack);
    }

    /** A prepared benchmark; closing it removes what it made. */
    interface Prepared extends AutoCloseable {
        /** A benchmark with a peer. */
        default List<Figure> figures() {
            return List.of();
        }

        /** Measures all of it; what has no peer says here how. */
        default List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            List<Measured> measured = new ArrayList<>();
            for (Figure figure : figures()) {
                measured.add(measuring.compare(figure, calm, progress));
            }
            return measured;
        }

        /** Nothing to remove: the stack goes with all that was made in it. */
        @Override
        default void close() {}
    }
}
