package uz.ksb.pos.benchmarks.gateway.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.gateway.event.Events;
import uz.ksb.pos.benchmarks.gateway.server.GatewayNode;

/** Clients of one node that take a byte a second. */
public final class SlowClients implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final int LAST_FILLING = Events.FILLINGS - 1;

    private final GatewayNode gateway;
    private final List<SlowClient> clients = new ArrayList<>();

    private SlowClients(GatewayNode gateway) {
        this.gateway = gateway;
    }

    public static SlowClients of(int size, GatewayNode gateway) throws InterruptedException {
        SlowClients slow = new SlowClients(gateway);
        CountDownLatch welcome = new CountDownLatch(size);
        for (int client = 0; client < size; client++) {
            SlowClient one = new SlowClient(gateway, welcome);
            slow.clients.add(one);
            Thread unused = Thread.ofVirtual().start(one);
        }
        if (!welcome.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            slow.close();
            throw new BenchFailed(welcome.getCount() + " slow clients were not let in");
        }
        return slow;
    }

    /** Waits until the node has more for each than it takes: from now on each is held up, and the node with it or not. */
    public void awaitHeldUp() throws InterruptedException {
        await("the slow clients are not held up", () -> heldUp() == clients.size());
    }

    private int heldUp() {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/q/metrics"))
                                    .build(),
                            BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith("pos_live_slow_clients"))
                    .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            throw new BenchFailed("the gateway tells no metrics", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /**
     * Has all of them take everything.
     *
     * @return how many did not end with every event once, in order, and the newest state
     */
    public int catchUp(int lastEvent, int lastRate) throws InterruptedException {
        clients.forEach(SlowClient::hurry);
        try {
            await("", () -> clients.stream().allMatch(client -> client.isRight(lastEvent, LAST_FILLING, lastRate)));
            return 0;
        } catch (BenchFailed inTime) {
            List<SlowClient> wrong = clients.stream()
                    .filter(client -> !client.isRight(lastEvent, LAST_FILLING, lastRate))
                    .toList();
            wrong.stream().limit(3).forEach(client -> System.out.println("    wrong: " + client.state()));
            return wrong.size();
        }
    }

    private static void await(String otherwise, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new BenchFailed(otherwise);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    @Override
    public void close() {
        clients.forEach(SlowClient::close);
    }
}
