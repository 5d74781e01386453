package uz.ksb.pos.local.training;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import uz.ksb.pos.local.failure.CommandFailed;
import uz.ksb.pos.till.Api;

/** Some tills that work without a pause, as a shop's tills do in a day: one run of what the JVMs have to learn. */
public final class TrainingDay {
    private static final int TILLS = 6;
    private static final String KSB_ID = "10000001";

    private final Api api;
    private final int livePort;

    /**
     * Does nothing yet.
     *
     * @param origin of a system that has the sample shop
     * @param livePort of the gateway
     */
    public TrainingDay(String origin, String password, int livePort) {
        this.api = new Api(origin, password);
        this.livePort = livePort;
    }

    /**
     * Works until so many sales are finished, but no longer than this.
     *
     * @return how many sales were finished
     * @throws CommandFailed when something was not answered as it should be
     */
    public int work(int sales, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        // Once: many tries of one secret at the same time look like guessing.
        String backOffice = api.backOffice(KSB_ID);
        List<JsonNode> products = products(backOffice);
        try (ExecutorService tills = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> working = IntStream.range(0, TILLS)
                    .mapToObj(number -> tills.submit(() -> new TrainingTill(api, KSB_ID, livePort, backOffice, products)
                            .work(sales / TILLS, end, number)))
                    .toList();
            int finished = 0;
            for (Future<Integer> till : working) {
                finished += till.get();
            }
            return finished;
        } catch (ExecutionException e) {
            throw new CommandFailed(
                    "the training day broke off: " + e.getCause().getMessage());
        }
    }

    private List<JsonNode> products(String token) {
        List<JsonNode> products = new ArrayList<>();
        StreamSupport.stream(
                        api.get("/api/products?limit=200", token)
                                .json()
                                .path("items")
                                .spliterator(),
                        false)
                .filter(product -> product.path("currency").asText().equals("UZS"))
                .forEach(products::add);
        return products;
    }
}
