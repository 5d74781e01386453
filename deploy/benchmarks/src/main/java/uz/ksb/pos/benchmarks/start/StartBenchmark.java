package uz.ksb.pos.benchmarks.start;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.gateway.server.Program;
import uz.ksb.pos.benchmarks.measuring.AtMost;
import uz.ksb.pos.benchmarks.measuring.AtMost.Reading;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.stack.Stack;

/** From the start of sales-service until it is ready: with the cache of the training run, and without. */
public final class StartBenchmark implements Benchmark {
    private static final double SHARE_OF_PLAIN = 0.4;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public Prepared prepare(Stack stack) {
        SecondService service = new SecondService(stack);
        service.requireCache();
        return new Prepared() {
            @Override
            public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                    throws InterruptedException {
                List<Reading> readings = new ArrayList<>();
                for (int i = 0; i < measuring.pairs(); i++) {
                    calm.await();
                    double plain = seconds(service, false);
                    calm.await();
                    double cached = seconds(service, true);
                    progress.accept(String.format(Locale.ROOT, "  plain %.2f s, with its cache %.2f s", plain, cached));
                    readings.add(new Reading(cached, plain * SHARE_OF_PLAIN, 0));
                }
                return List.of(AtMost.median("start with its cache", "s", readings));
            }
        };
    }

    private static double seconds(SecondService service, boolean withCache) throws InterruptedException {
        long begin = System.nanoTime();
        try (Program ignored = service.start(withCache)) {
            return Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1000.0;
        }
    }
}
