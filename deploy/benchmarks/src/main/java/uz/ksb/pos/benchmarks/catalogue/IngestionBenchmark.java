package uz.ksb.pos.benchmarks.catalogue;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.AtMost;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Rows of products that a source pushes: all of them new, and all of them as they are; {@code --full}: a million of them. */
public final class IngestionBenchmark implements Benchmark {
    private static final int PRODUCTS = Integer.getInteger("pos.bench.products", 100_000);
    private static final int MANY_TIMES = 10;
    private static final double MUST_REACH = 0.4;
    private static final double MAX_HEAP_MEGABYTES = 256;

    @Override
    public String name() {
        return "ingestion";
    }

    @Override
    public Prepared prepare(Stack stack) {
        return new Loads(stack);
    }

    @Override
    public Prepared prepareFull(Stack stack) {
        return new OneLargeLoad(stack);
    }

    private record Loads(Stack stack) implements Prepared {
        @Override
        public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            return List.of(
                    compared("first load", false, measuring, calm, progress),
                    compared("rows that change nothing", true, measuring, calm, progress));
        }

        private Measured compared(
                String what, boolean unchanged, Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            LargeCatalogue catalogue = new LargeCatalogue(PRODUCTS);
            try (CopiedRows peer = new CopiedRows(stack, "bench_products", PRODUCTS, unchanged)) {
                return measuring.compare(
                        new Figure(
                                "ingestion of %,d rows, %s".formatted(PRODUCTS, what),
                                "rows",
                                MUST_REACH,
                                new SentRows(stack, catalogue, unchanged),
                                peer),
                        calm,
                        progress);
            }
        }
    }

    /** The service ends when its heap does not suffice, so that it is there afterwards is what is measured. */
    private record OneLargeLoad(Stack stack) implements Prepared {
        @Override
        public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            ProcessHandle service = stack.process("product-service");
            int rows = PRODUCTS * MANY_TIMES;
            Round round = new SentRows(stack, new LargeCatalogue(rows), false).run(Duration.ZERO);
            progress.accept("  %,d rows, %,.0f/s".formatted(rows, round.perSecond()));
            double heap = service.isAlive() ? Stack.maxHeapMegabytes(service) : Double.POSITIVE_INFINITY;
            return List.of(AtMost.always(
                    "heap that suffices for %,d rows".formatted(rows),
                    "MB",
                    List.of(new AtMost.Reading(heap, MAX_HEAP_MEGABYTES, 0))));
        }
    }
}
