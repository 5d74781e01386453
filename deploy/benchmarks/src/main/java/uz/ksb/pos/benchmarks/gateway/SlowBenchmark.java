package uz.ksb.pos.benchmarks.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.gateway.client.Crowd;
import uz.ksb.pos.benchmarks.gateway.client.Offer;
import uz.ksb.pos.benchmarks.gateway.client.SlowClients;
import uz.ksb.pos.benchmarks.gateway.event.Events;
import uz.ksb.pos.benchmarks.gateway.server.GatewayNode;
import uz.ksb.pos.benchmarks.gateway.server.Resident;
import uz.ksb.pos.benchmarks.measuring.AtMost;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.stack.Stack;

/**
 * The cost of clients that hardly read, for the others and the node: 950 clients, without and then with 50 that take a byte a second
 * and for which more waits than the sockets and the ring can hold.
 */
public final class SlowBenchmark implements Benchmark {
    private static final int SLOW = 50;
    private static final int QUICK = 950;
    /** Events per second. */
    private static final double PER_SECOND = 50;

    private static final double MAX_TIMES = 1.5;
    private static final double MAX_MORE_MILLIS = 5;
    private static final double MAX_MEGABYTES = 50;
    /** All its pages are there from the start: what of it is used says the virtual machine, what else grows, the system. */
    private static final List<String> TOUCHED_HEAP = List.of("-Xms384m", "-Xmx384m", "-XX:+AlwaysPreTouch");

    @Override
    public String name() {
        return "gateway-slow";
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        Opened opened = new Opened();
        try {
            GatewayNode gateway = opened.add(GatewayNode.start(stack, TOUCHED_HEAP));
            return new Sides(gateway, opened.add(Crowd.of(QUICK, gateway)), opened);
        } catch (Throwable failure) {
            opened.close();
            throw failure;
        }
    }

    /** One round of one side. */
    private record Reading(double p99Millis, long bytes, double generatorCores) {}

    /** @param wrong slow ones that ended with a wrong state */
    private record Beside(Reading reading, double wrong) {}

    private static final class Sides implements Prepared {
        private final GatewayNode gateway;
        private final Crowd quick;
        private final Opened opened;
        private int nextEvent;
        private int rate;

        Sides(GatewayNode gateway, Crowd quick, Opened opened) {
            this.gateway = gateway;
            this.quick = quick;
            this.opened = opened;
        }

        @Override
        public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            if (measuring.warmUp().isPositive()) {
                double unused = offer(measuring.warmUp()).step().percentile(0.99);
            }
            List<AtMost.Reading> delays = new ArrayList<>();
            List<AtMost.Reading> memory = new ArrayList<>();
            List<AtMost.Reading> wrong = new ArrayList<>();
            for (int pair = 0; pair < measuring.pairs(); pair++) {
                // Neither side always has the warmer machine.
                boolean aloneFirst = pair % 2 == 0;
                Reading before = aloneFirst ? alone(measuring, calm, progress) : null;
                Beside beside = beside(measuring, calm, progress);
                Reading without = aloneFirst ? before : alone(measuring, calm, progress);
                Reading with = beside.reading();
                double most = Math.max(MAX_TIMES * without.p99Millis(), MAX_MORE_MILLIS + without.p99Millis());
                double cores = Math.max(without.generatorCores(), with.generatorCores());
                delays.add(new AtMost.Reading(with.p99Millis(), most, cores));
                memory.add(new AtMost.Reading(megabytes(with.bytes() - without.bytes()), MAX_MEGABYTES, 0));
                wrong.add(new AtMost.Reading(beside.wrong(), 0, 0));
            }
            return List.of(
                    AtMost.median("p99 with 50 of 1,000 clients reading a byte a second", "ms", delays),
                    AtMost.median("memory that they take", "MB", memory),
                    AtMost.always("of them that end with a wrong state", "clients", wrong));
        }

        private Reading alone(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            calm.await();
            fill();
            return read("without slow ones", measuring.round(), progress);
        }

        private Beside beside(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            calm.await();
            try (SlowClients slow = SlowClients.of(SLOW, gateway)) {
                fill();
                slow.awaitHeldUp();
                Reading reading = read("with slow ones", measuring.round(), progress);
                return new Beside(reading, slow.catchUp(nextEvent - 1, rate - 1));
            }
        }

        /** More than the buffers of a socket, and more than the ring: only the slow ones have asked for it. */
        private void fill() {
            for (int number = 0; number < Events.FILLINGS; number++) {
                gateway.publish("pos.sync.v1", "sync.changed", Events.filling(number));
                gateway.publish("pos.rates.v1", "rate.changed", Events.rate(rate++));
            }
        }

        private Reading read(String side, Duration time, Consumer<String> progress) throws InterruptedException {
            Offer offer = offer(time);
            if (offer.arrivedShare() < 1 || offer.step().outOfOrder() > 0) {
                throw new BenchFailed("%s: %.2f %% arrived with %d out of order"
                        .formatted(
                                side, 100 * offer.arrivedShare(), offer.step().outOfOrder()));
            }
            long bytes = Resident.bytes(gateway.process(), Resident.ofJava(gateway.process()))
                    + Resident.usedHeap(gateway.process());
            double p99 = offer.step().percentile(0.99);
            progress.accept(String.format(
                    Locale.ROOT,
                    "  %-24s p50 %.1f ms, p99 %.1f ms, %.0f MB",
                    side,
                    offer.step().percentile(0.5),
                    p99,
                    megabytes(bytes)));
            return new Reading(p99, bytes, offer.generatorCores());
        }

        private Offer offer(Duration time) throws InterruptedException {
            Offer offer = Offer.make(gateway, quick, nextEvent, PER_SECOND, time);
            nextEvent = offer.nextNumber();
            return offer;
        }

        private static double megabytes(long bytes) {
            return bytes / 1024.0 / 1024;
        }

        @Override
        public void close() {
            opened.close();
        }
    }
}
