package uz.ksb.pos.benchmarks.scale;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.gateway.server.GatewayNode;
import uz.ksb.pos.benchmarks.gateway.server.Program;
import uz.ksb.pos.benchmarks.gateway.server.Resident;
import uz.ksb.pos.benchmarks.measuring.AtMost;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.sales.peer.SaleDocuments;
import uz.ksb.pos.benchmarks.stack.Stack;
import uz.ksb.pos.benchmarks.start.SecondService;

/**
 * The same sales per second in 10, 100 and 1,000 enterprises with two tills each, which all listen: what a till and an enterprise
 * cost in memory, a sale in the database, and whether their number makes anybody wait. The rounds go from few to many, so a
 * process that grows by itself meanwhile counts against us. It has one pass, whatever {@code --pairs} says.
 */
public final class ScaleBenchmark implements Benchmark {
    private static final List<Integer> ENTERPRISES = List.of(10, 100, 1_000);
    private static final int TILLS = 2;
    private static final int PER_SECOND = 20;

    private static final double MAX_KILOBYTES_PER_TILL = 30;
    private static final double MAX_KILOBYTES_PER_ENTERPRISE = 30;
    private static final double MAX_KILOBYTES_PER_SALE = 12;
    /** Of the delays with the fewest enterprises. */
    private static final double MAX_SLOWER = 1.5;

    private static final double MAX_SLOWER_MILLIS = 20;

    private static final List<String> FIXED_HEAP = List.of("-Xms256m", "-Xmx256m");
    private static final long TARGET_TILLS = 1_000_000;
    private static final long TARGET_ENTERPRISES = 100_000;
    private static final int SALES_OF_A_TILL_A_DAY = 150;
    private static final double GIGABYTE = 1024.0 * 1024 * 1024;

    /** Bytes of the gateway's process, of the service's heap and of the database, and how long things took, with so many enterprises. */
    private record Step(
            int enterprises,
            int tills,
            long gateway,
            long service,
            long sales,
            long salesBytes,
            long databaseBytes,
            ManyTills.Heard heard) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "  %,6d enterprises, %,6d tills: answer p50 %.1f ms, p99 %.1f ms; live p50 %.1f ms, p99 %.1f ms, %d of %d arrived;"
                            + " gateway %,d MB, heap of sales-service %,.1f MB",
                    enterprises,
                    tills,
                    heard.answers().p50Millis(),
                    heard.answers().p99Millis(),
                    heard.live().p50Millis(),
                    heard.live().p99Millis(),
                    heard.live().arrived(),
                    heard.live().begun(),
                    gateway >> 20,
                    service / 1024.0 / 1024);
        }
    }

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public Prepared prepare(Stack stack) {
        stack.takeBackOfficeAway();
        return new Growth(stack);
    }

    private record Growth(Stack stack) implements Prepared {
        @Override
        public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            SecondService second = new SecondService(stack);
            SaleDocuments documents =
                    SaleDocuments.of(stack.shop(), stack.shop().till().token());
            try (GatewayNode gateway = GatewayNode.start(stack, FIXED_HEAP);
                    Program service = second.startTrusting(gateway.tokens(), FIXED_HEAP);
                    ManyTills tills = new ManyTills(gateway.tokens(), gateway.port(), second.address(), documents)) {
                List<Step> steps = new ArrayList<>();
                Enterprises enterprises = new Enterprises(stack.postgres(), documents.products());
                for (int number : ENTERPRISES) {
                    enterprises.growTo(number);
                    tills.add(tills.size() / TILLS, number, TILLS);
                    ManyTills.Heard unused = tills.sell(PER_SECOND, measuring.warmUp(), TILLS);
                    calm.await();
                    ManyTills.Heard heard = tills.sell(PER_SECOND, measuring.round(), TILLS);
                    Step step = new Step(
                            number,
                            tills.size(),
                            Resident.bytes(gateway.process(), Resident.ofJava(gateway.process())),
                            heap(service.handle()),
                            enterprises.sales(),
                            enterprises.salesBytes(),
                            enterprises.databaseBytes(),
                            heard);
                    progress.accept(step.line());
                    steps.add(step);
                }
                return figures(steps.getFirst(), steps.getLast(), progress);
            }
        }

        private static long heap(ProcessHandle service) throws InterruptedException {
            long unused = Resident.bytes(service, Resident.ofJava(service));
            return Resident.usedHeap(service);
        }

        private static List<Measured> figures(Step few, Step many, Consumer<String> progress) {
            double perTill = (many.gateway - few.gateway) / 1024.0 / (many.tills - few.tills);
            double perEnterprise = (many.service - few.service) / 1024.0 / (many.enterprises - few.enterprises);
            double perSale = (double) (many.salesBytes - few.salesBytes) / (many.sales - few.sales) / 1024;
            extrapolate(perTill, perEnterprise, perSale, many, progress);
            double cores = many.heard.live().generatorCores();
            return List.of(
                    figure("memory of the gateway per till that listens", "KB", perTill, MAX_KILOBYTES_PER_TILL),
                    figure("heap of sales-service per enterprise", "KB", perEnterprise, MAX_KILOBYTES_PER_ENTERPRISE),
                    figure("database per sale of five lines, with its indexes", "KB", perSale, MAX_KILOBYTES_PER_SALE),
                    delay(
                            "p99 of a sale's answers",
                            few.heard.answers().p99Millis(),
                            many.heard.answers().p99Millis(),
                            cores),
                    delay(
                            "p99 from commit to the other till",
                            few.heard.live().p99Millis(),
                            many.heard.live().p99Millis(),
                            cores));
        }

        private static Measured figure(String name, String unit, double value, double most) {
            return AtMost.median(name, unit, List.of(new AtMost.Reading(value, most, 0)));
        }

        private static Measured delay(String name, double few, double many, double cores) {
            double most = Math.max(few * MAX_SLOWER, few + MAX_SLOWER_MILLIS);
            return AtMost.median(
                    name + " with 1,000 enterprises", "ms", List.of(new AtMost.Reading(many, most, cores)));
        }

        /** A straight line through the measured steps: a plan, and no promise. */
        private static void extrapolate(
                double perTill, double perEnterprise, double perSale, Step many, Consumer<String> progress) {
            double gateway = perTill * 1024 * TARGET_TILLS / GIGABYTE;
            double service = perEnterprise * 1024 * TARGET_ENTERPRISES / GIGABYTE;
            double day = perSale * 1024 * TARGET_TILLS * SALES_OF_A_TILL_A_DAY / GIGABYTE;
            progress.accept(String.format(
                    Locale.ROOT,
                    "  extrapolated to %,d enterprises with %,d tills: gateways %.1f GB in all, sales-service %.1f GB for caches,"
                            + " database %,.0f GB a day at %d sales of a till; here the whole database has %,d MB",
                    TARGET_ENTERPRISES,
                    TARGET_TILLS,
                    gateway,
                    service,
                    day,
                    SALES_OF_A_TILL_A_DAY,
                    many.databaseBytes >> 20));
        }
    }
}
