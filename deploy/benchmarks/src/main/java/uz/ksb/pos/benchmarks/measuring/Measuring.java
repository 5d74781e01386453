package uz.ksb.pos.benchmarks.measuring;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import uz.ksb.pos.benchmarks.measuring.Comparison.Pair;

/**
 * How long and how often is measured.
 *
 * @param pairs each is one round of ours and then one of the peer
 */
public record Measuring(int pairs, Duration warmUp, Duration round) {

    /** Brings the machine into the state in which every round begins. */
    @FunctionalInterface
    public interface Calm {
        void await() throws InterruptedException;
    }

    /** Measures one figure: both are warmed up, then they alternate. */
    public Comparison compare(Figure figure, Calm calm, Consumer<String> progress) throws InterruptedException {
        warmUp(figure.ours(), calm);
        warmUp(figure.peer(), calm);
        List<Pair> measured = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            measured.add(new Pair(run(figure.ours(), calm, progress), run(figure.peer(), calm, progress)));
        }
        return new Comparison(figure, measured);
    }

    private void warmUp(Contender contender, Calm calm) throws InterruptedException {
        if (warmUp.isPositive()) {
            calm.await();
            Round unused = contender.run(warmUp);
        }
    }

    private Round run(Contender contender, Calm calm, Consumer<String> progress) throws InterruptedException {
        calm.await();
        Round reached = contender.run(round);
        progress.accept(String.format(Locale.ROOT, "  %-24s %,10.0f/s", contender.name(), reached.perSecond()));
        return reached;
    }
}
