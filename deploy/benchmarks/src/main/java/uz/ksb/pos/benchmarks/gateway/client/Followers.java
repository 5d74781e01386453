package uz.ksb.pos.benchmarks.gateway.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.gateway.server.GatewayNode;
import uz.ksb.pos.benchmarks.gateway.server.TestKey;

/** Clients that all begin on the first of two nodes and go wherever they are let in. */
public final class Followers implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ScheduledExecutorService moves = Executors.newSingleThreadScheduledExecutor();
    private final List<Follower> clients = new ArrayList<>();

    private Followers() {}

    /** All of them connected: what is published from now on goes to each. */
    public static Followers of(int size, List<Integer> ports, TestKey key) throws InterruptedException {
        Followers followers = new Followers();
        for (int client = 0; client < size; client++) {
            Follower follower = new Follower(ports, GatewayNode.auth(key), followers.moves);
            followers.clients.add(follower);
            Thread unused = Thread.ofVirtual().start(follower);
        }
        if (followers.awaitAll(Follower::isConnected) > 0) {
            followers.close();
            throw new BenchFailed("not every client was let in");
        }
        return followers;
    }

    /** The result, when everybody has everything or, after two minutes, has lost it. */
    public Restarts.Round settle(int published) throws InterruptedException {
        int unusedLate =
                awaitAll(client -> client.isConnected() && client.history().lost(published) == 0);
        Restarts.Round all = new Restarts.Round(
                sum(client -> client.history().lost(published)),
                sum(client -> client.history().doubled()),
                sum(client -> client.history().outOfOrder()),
                sum(Follower::notRecovered),
                clients.stream()
                        .mapToLong(client -> client.isConnected() ? client.longestBreakMillis() : LIMIT.toMillis())
                        .max()
                        .orElse(0));
        clients.forEach(Follower::forgetBreaks);
        return all;
    }

    /** @return how many do not within two minutes */
    private int awaitAll(Predicate<Follower> condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            int others = (int) clients.stream().filter(condition.negate()).count();
            if (others == 0 || System.nanoTime() > end) {
                return others;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private long sum(ToLongFunction<Follower> count) {
        return clients.stream().mapToLong(count).sum();
    }

    @Override
    public void close() {
        clients.forEach(Follower::stop);
        List<Runnable> unused = moves.shutdownNow();
    }
}
