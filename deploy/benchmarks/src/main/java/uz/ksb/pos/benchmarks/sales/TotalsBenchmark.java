package uz.ksb.pos.benchmarks.sales;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.Benchmark;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Figure;
import uz.ksb.pos.benchmarks.measuring.Round;
import uz.ksb.pos.benchmarks.sales.peer.SaleDocuments;
import uz.ksb.pos.benchmarks.stack.Postgres;
import uz.ksb.pos.benchmarks.stack.SampleShop;
import uz.ksb.pos.benchmarks.stack.Stack;

/** Reads of a day's totals with many sales in the database against few, 4 connections: the same work, or nearly. */
public final class TotalsBenchmark implements Benchmark {
    private static final int CONNECTIONS = 4;
    private static final int FEW = 10_000;
    private static final int MANY = 1_000_000;
    private static final int MAX_SALES = 5_000_000;
    /** A read takes 1.5 times as long at most. */
    private static final double MUST_REACH = 1 / 1.5;

    @Override
    public String name() {
        return "totals";
    }

    @Override
    public Prepared prepare(Stack stack) throws InterruptedException {
        return prepare(stack, MANY);
    }

    @Override
    public Prepared prepareFull(Stack stack) throws InterruptedException {
        return prepare(stack, MAX_SALES);
    }

    private static Prepared prepare(Stack stack, int many) throws InterruptedException {
        stack.takeBackOfficeAway();
        Postgres postgres = stack.postgres();
        String model = finishedSale(stack.shop());
        String day = postgres.value("sales", "select business_date::text from sales where id = ?::uuid", model);
        GeneratedSales sales = new GeneratedSales(postgres, Map.of("few", FEW, "many", many), model);
        Tills tills = new Tills(CONNECTIONS, stack.service(3));
        Figure figure = new Figure(
                "totals with %,d sales".formatted(many),
                "reads",
                MUST_REACH,
                new Reads(stack, tills, sales, "many", many, day),
                new Reads(stack, tills, sales, "few", FEW, day));
        return new Prepared() {
            @Override
            public List<Figure> figures() {
                return List.of(figure);
            }

            @Override
            public void close() {
                tills.close();
                sales.close();
            }
        };
    }

    private static String finishedSale(SampleShop shop) throws InterruptedException {
        String token = shop.till().token();
        SaleDocuments documents = SaleDocuments.of(shop, token);
        String path = "/api/sales/" + UUID.randomUUID();
        JsonObject opened = shop.put(path, token, documents.open());
        JsonObject done = shop.post(path + "/completion", token, documents.completion(1));
        if (!opened.getString("id").equals(done.getString("id"))) {
            throw new BenchFailed("another sale was finished: " + done);
        }
        return done.getString("id");
    }

    /** The service, asked for the totals of one day again and again. */
    private record Reads(Stack stack, Tills tills, GeneratedSales sales, String set, int count, String day)
            implements Contender {

        @Override
        public String name() {
            return "%,d sales".formatted(count);
        }

        @Override
        public Round run(Duration time) throws InterruptedException {
            sales.show(set);
            String token = stack.shop().till("menejer").token();
            return tills.run(
                    time,
                    till -> () -> tills.send(HttpMethod.GET, "/api/totals?date=" + day, token, null)
                            .compose(answer -> check(answer.toJsonObject())));
        }

        private Future<Integer> check(JsonObject totals) {
            return totals.getInteger("count") == GeneratedSales.ofTheDay(count)
                    ? Future.succeededFuture(1)
                    : Future.failedFuture(new BenchFailed("not the totals of the sales: " + totals));
        }
    }
}
