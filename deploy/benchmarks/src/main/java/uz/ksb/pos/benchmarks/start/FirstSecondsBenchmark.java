package uz.ksb.pos.benchmarks.start;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.gateway.server.Program;
import uz.ksb.pos.benchmarks.measuring.AtLeast;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.sales.SalesLoad;
import uz.ksb.pos.benchmarks.stack.Stack;

/**
 * Sales per second in the first half minute of a process, and after three minutes of the same load. All other parts of the stack
 * are warm, as they are when one service is started again.
 */
public final class FirstSecondsBenchmark implements Benchmark {
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofSeconds(120);
    private static final double MUST_REACH = 0.6;
    /** Of the usual warm-up, for the other parts: all services' compilers want the same cores. */
    private static final int WARM_UP_TIMES = 2;

    @Override
    public String name() {
        return "first-seconds";
    }

    @Override
    public Prepared prepare(Stack stack) {
        SecondService service = new SecondService(stack);
        service.requireCache();
        stack.takeBackOfficeAway();
        return new Prepared() {
            @Override
            public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                    throws InterruptedException {
                warmUpTheOthers(stack, measuring.warmUp().multipliedBy(WARM_UP_TIMES));
                List<AtLeast.Reading> readings = new ArrayList<>();
                for (int i = 0; i < measuring.pairs(); i++) {
                    calm.await();
                    readings.add(reading(stack, service, progress));
                }
                return List.of(
                        new AtLeast("sales in the first 30 s of those after three minutes", MUST_REACH, readings));
            }
        };
    }

    private static void warmUpTheOthers(Stack stack, Duration time) throws InterruptedException {
        if (time.isPositive()) {
            try (SalesLoad load = new SalesLoad(stack, stack.service(3))) {
                Round unused = load.run(time);
            }
        }
    }

    private static AtLeast.Reading reading(Stack stack, SecondService service, Consumer<String> progress)
            throws InterruptedException {
        try (Program ignored = service.start(true);
                SalesLoad load = new SalesLoad(stack, service.address())) {
            Round first = load.run(ROUND);
            Round unused = load.run(BETWEEN);
            Round later = load.run(ROUND);
            progress.accept(
                    String.format(Locale.ROOT, "  first %,.0f/s, later %,.0f/s", first.perSecond(), later.perSecond()));
            return new AtLeast.Reading(first.perSecond(), later.perSecond());
        }
    }
}
