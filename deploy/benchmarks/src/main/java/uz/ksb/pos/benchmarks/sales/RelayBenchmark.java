package uz.ksb.pos.benchmarks.sales;

import java.util.List;
import java.util.Map;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.sales.peer.ModelSale;
import uz.ksb.pos.benchmarks.sales.peer.OneProducer;
import uz.ksb.pos.benchmarks.stack.Postgres;
import uz.ksb.pos.benchmarks.stack.Stack;

/** How fast the relay of sales-service publishes what has piled up, against a producer that has the same in memory. */
public final class RelayBenchmark implements Benchmark {
    private static final int EVENTS = 50_000;
    private static final double MUST_REACH = 0.2;
    private static final double MIN_PER_SECOND = 5_000;

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        stack.takeBackOfficeAway();
        Postgres postgres = stack.postgres();
        Map<String, String> model = ModelSale.of(stack.shop(), postgres);
        String event = model.get("completed").replace("@sequence", "1");
        OneProducer producer = new OneProducer(stack.kafka(), event, EVENTS);
        Figure figure = new Figure(
                "relay of %,d events".formatted(EVENTS),
                "events",
                MUST_REACH,
                MIN_PER_SECOND,
                new DrainedOutbox(postgres, event, EVENTS),
                producer);
        return new Prepared() {
            @Override
            public List<Figure> figures() {
                return List.of(figure);
            }

            @Override
            public void close() {
                producer.close();
            }
        };
    }
}
