package uz.ksb.pos.benchmarks.sales;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.AtMost;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.stack.PartTimes;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Sales per second, and beside it the processor time that a sale takes in each part of the system. */
record CostedSales(PreparedSales prepared, Stack stack) implements Benchmark.Prepared {
    /** All parts together, of what the peer's PostgreSQL takes for a sale. */
    private static final double MAX_OF_PEER = 2.5;
    /** Of the usual warm-up: three minutes, from when on {@code first-seconds} counts a service as warm. */
    private static final int WARM_UP_TIMES = 6;

    @Override
    public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
            throws InterruptedException {
        Figure plain = prepared.figure();
        Duration moreWarmUp = measuring.warmUp().multipliedBy(WARM_UP_TIMES - 1);
        if (moreWarmUp.isPositive()) {
            Round unused = plain.ours().run(moreWarmUp);
        }
        Costed ours = new Costed(plain.ours(), stack, new ArrayList<>());
        Costed peer = new Costed(plain.peer(), stack, new ArrayList<>());
        Measured speed = measuring.compare(
                new Figure(plain.name(), plain.unit(), plain.mustReach(), ours, peer), calm, progress);
        ours.means(measuring.pairs())
                .forEach((part, millis) ->
                        progress.accept(String.format(Locale.ROOT, "  %-24s %8.2f ms a sale", part, millis)));
        return List.of(speed, cost(ours.last(measuring.pairs()), peer.last(measuring.pairs())));
    }

    private static AtMost cost(List<Map<String, Double>> ours, List<Map<String, Double>> peers) {
        return AtMost.median(
                "processor time of a sale, all parts",
                "ms",
                IntStream.range(0, ours.size())
                        .mapToObj(i -> new AtMost.Reading(
                                ours.get(i).values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .sum(),
                                MAX_OF_PEER * peers.get(i).getOrDefault(PartTimes.POSTGRESQL, 0.0),
                                0))
                        .toList());
    }

    @Override
    public void close() {
        prepared.close();
    }

    /**
     * A contender whose rounds are accounted for.
     *
     * @param rounds milliseconds a sale, by part; the warm-up is the first
     */
    private record Costed(Contender contender, Stack stack, List<Map<String, Double>> rounds) implements Contender {
        @Override
        public String name() {
            return contender.name();
        }

        @Override
        public Round run(Duration time) throws InterruptedException {
            PartTimes before = stack.partTimes();
            Round round = contender.run(time);
            double sales = round.perSecond() * time.toSeconds();
            Map<String, Double> costs = new TreeMap<>();
            stack.partTimes()
                    .since(before)
                    .byPart()
                    .forEach((part, used) -> costs.put(part, used.toNanos() / 1e6 / sales));
            rounds.add(costs);
            return round;
        }

        List<Map<String, Double>> last(int count) {
            return rounds.subList(rounds.size() - count, rounds.size());
        }

        Map<String, Double> means(int count) {
            Map<String, Double> means = new TreeMap<>();
            last(count)
                    .forEach(costs -> costs.forEach((part, millis) -> means.merge(part, millis / count, Double::sum)));
            return means;
        }
    }
}
