package uz.ksb.pos.benchmarks.sales;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.Delays;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.stack.Stack;

/** From a sale's commit until its event is at another till, while 100 sales a second are written and finished. */
public final class LatencyBenchmark implements Benchmark {
    private static final int PER_SECOND = 100;
    private static final Duration MAX_MEDIAN = Duration.ofMillis(15);
    private static final Duration MAX_P99 = Duration.ofMillis(100);
    /** Of the usual warm-up: all services' compilers want the same cores. */
    private static final int WARM_UP_TIMES = 2;
    /** All of them: a stream leaves nothing out. */
    private static final double MIN_ARRIVED = 1;

    @Override
    public String name() {
        return "latency";
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        stack.takeBackOfficeAway();
        return new SteadySales(stack);
    }

    private record SteadySales(Stack stack) implements Prepared {

        @Override
        public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            if (measuring.warmUp().isPositive()) {
                Delays.Round unused =
                        round(HeardSales.warmingUp(stack), measuring.warmUp().multipliedBy(WARM_UP_TIMES));
            }
            List<Delays.Round> rounds = new ArrayList<>();
            for (int i = 0; i < measuring.pairs(); i++) {
                calm.await();
                Delays.Round round = round(HeardSales.steady(stack, PER_SECOND), measuring.round());
                progress.accept("  p50 %.1f ms, p99 %.1f ms, %d of %d arrived"
                        .formatted(round.p50Millis(), round.p99Millis(), round.arrived(), round.begun()));
                rounds.add(round);
            }
            return List.of(new Delays(
                    "commit of a sale to another till", PER_SECOND, MAX_MEDIAN, MAX_P99, MIN_ARRIVED, rounds));
        }

        private static Delays.Round round(HeardSales sales, Duration time) throws InterruptedException {
            try (sales) {
                return sales.run(time);
            }
        }
    }
}
