package uz.ksb.pos.benchmarks.catalogue;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.AtMost;
import uz.ksb.pos.benchmarks.measuring.AtMost.Reading;
import uz.ksb.pos.benchmarks.measuring.Connections;
import uz.ksb.pos.benchmarks.measuring.Delays;
import uz.ksb.pos.benchmarks.measuring.Measured;
import uz.ksb.pos.benchmarks.measuring.Measuring;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Searches in a large catalogue, one after the other, as one person asks them; until the answer is there. */
public final class SearchBenchmark implements Benchmark {
    private static final int PRODUCTS = Integer.getInteger("pos.bench.products", 100_000);
    private static final double MAX_P95_MILLIS = 20;

    @Override
    public String name() {
        return "search";
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        LargeCatalogue catalogue = new LargeCatalogue(PRODUCTS);
        catalogue.sendTo(stack);
        return new Searches(stack, new QueryMix(catalogue).paths(), new Connections(1, stack.service(2)));
    }

    private record Searches(Stack stack, Map<String, IntFunction<String>> mix, Connections connections)
            implements Prepared {

        @Override
        public List<Measured> measure(Measuring measuring, Measuring.Calm calm, Consumer<String> progress)
                throws InterruptedException {
            if (measuring.warmUp().isPositive()) {
                var unused = round(measuring.warmUp());
            }
            List<Reading> readings = new ArrayList<>();
            for (int i = 0; i < measuring.pairs(); i++) {
                calm.await();
                Answers answers = round(measuring.round());
                progress.accept(answers.line());
                readings.add(answers.reading());
            }
            return List.of(AtMost.median(
                    "search in %,d products, p95 of %d kinds".formatted(PRODUCTS, mix.size()), "ms", readings));
        }

        private Answers round(Duration time) {
            String token = stack.shop().till("kassir").token();
            List<String> names = List.copyOf(mix.keySet());
            Map<String, List<Long>> nanos = new LinkedHashMap<>();
            names.forEach(name -> nanos.put(name, new ArrayList<>()));
            int[] next = {0};
            Round round = connections.run(time, connection -> () -> {
                int number = next[0]++;
                String name = names.get(number % names.size());
                long begin = System.nanoTime();
                return connections
                        .send(
                                HttpMethod.GET,
                                mix.get(name).apply(number / names.size()),
                                Map.of("Authorization", "Bearer " + token),
                                null)
                        .compose(answer -> {
                            nanos.get(name).add(System.nanoTime() - begin);
                            return answer.head().statusCode() == 200
                                    ? Future.succeededFuture(1)
                                    : Future.failedFuture(new BenchFailed(name + ": " + answer.body()));
                        });
            });
            return new Answers(nanos, round.generatorCores().orElse(0));
        }

        @Override
        public void close() {
            connections.close();
        }
    }

    /** @param nanos of each answer, by the kind of search */
    private record Answers(Map<String, List<Long>> nanos, double generatorCores) {
        Reading reading() {
            return new Reading(
                    p95(nanos.values().stream().flatMap(List::stream).toList()), MAX_P95_MILLIS, generatorCores);
        }

        String line() {
            StringBuilder line = new StringBuilder("  p95");
            nanos.forEach((name, times) -> line.append(String.format(Locale.ROOT, ", %s %.1f ms", name, p95(times))));
            return line.toString();
        }

        private static double p95(List<Long> times) {
            return Delays.percentile(times, 0.95);
        }
    }
}
