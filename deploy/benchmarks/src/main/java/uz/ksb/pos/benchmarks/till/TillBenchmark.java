package uz.ksb.pos.benchmarks.till;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.catalogue.LargeCatalogue;
import uz.ksb.pos.benchmarks.measuring.AtMost;
import uz.ksb.pos.benchmarks.measuring.AtMost.Reading;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.stack.Stack;

/** The till's page in a headless Chromium, with a hundred thousand products; has no peer, only limits. */
public final class TillBenchmark implements Benchmark {
    private static final int PRODUCTS = 100_000;
    private static final int ROUNDS = 3;
    private static final int TIMES = 120;

    private static final double MAX_START_MILLIS = 1_500;
    private static final double MAX_SEARCH_MILLIS = 50;
    private static final double MAX_SCAN_MILLIS = 20;
    private static final double MAX_ADD_MILLIS = 50;
    private static final double MAX_HEAP_MEGABYTES = 150;

    @Override
    public String name() {
        return "till";
    }

    @Override
    public void requireTools() {
        TillPage.requireChromium();
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        LargeCatalogue catalogue = new LargeCatalogue(PRODUCTS);
        catalogue.sendTo(stack);
        TillPage page = TillPage.open(stack, PRODUCTS);
        return new Prepared() {
            @Override
            public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                    throws InterruptedException {
                return TillBenchmark.measure(page, catalogue, calm, progress);
            }

            @Override
            public void close() {
                page.close();
            }
        };
    }

    private static List<Measured> measure(
            TillPage page, LargeCatalogue catalogue, Measuring.Calm calm, Consumer<String> progress)
            throws InterruptedException {
        List<Reading> start = new ArrayList<>();
        List<Reading> search = new ArrayList<>();
        List<Reading> scan = new ArrayList<>();
        List<Reading> add = new ArrayList<>();
        List<Reading> heap = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            int from = round * TIMES;
            calm.await();
            start.add(new Reading(page.startsFromCache(), MAX_START_MILLIS, 0));
            search.add(reading(page.times("searches", catalogue.queries(from, TIMES)), MAX_SEARCH_MILLIS));
            scan.add(reading(page.times("scans", spread(from, catalogue::barcode)), MAX_SCAN_MILLIS));
            add.add(reading(page.times("additions", spread(from, catalogue::name)), MAX_ADD_MILLIS));
            heap.add(new Reading(page.heapMegabytes(), MAX_HEAP_MEGABYTES, 0));
            progress.accept(String.format(Locale.ROOT, "  round %d of %d", round + 1, ROUNDS));
        }
        return List.of(
                AtMost.median("till usable from its cache", "ms", start),
                AtMost.median("till search p95", "ms", search),
                AtMost.median("till scan to line p95", "ms", scan),
                AtMost.median("till add to sale p95", "ms", add),
                AtMost.median("till JavaScript heap", "MB", heap));
    }

    /** Products from all over the catalogue, others in each round. */
    private static List<String> spread(int from, IntFunction<String> text) {
        return IntStream.range(from, from + TIMES)
                .mapToObj(i -> text.apply((int) ((long) i * 7_919 % PRODUCTS)))
                .toList();
    }

    private static Reading reading(List<Double> times, double most) {
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new Reading(
                DoubleStream.of(sorted)
                        .skip((long) (sorted.length * 0.95))
                        .findFirst()
                        .orElseThrow(),
                most,
                0);
    }
}
