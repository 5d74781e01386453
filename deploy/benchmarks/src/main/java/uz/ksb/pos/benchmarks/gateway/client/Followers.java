package uz.ksb.pos.benchmarks.gateway.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.gateway.event.History;
import uz.ksb.pos.benchmarks.gateway.server.LiveEvents;
import uz.ksb.pos.till.Follower;
import uz.ksb.pos.till.TokenIssuer;

/** Clients that all begin on the first of two nodes and go wherever they are let in. */
public final class Followers implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<Client> clients = new ArrayList<>();

    private Followers() {}

    /** All of them connected: what is published from now on goes to each. */
    public static Followers of(int size, List<Integer> ports, TokenIssuer tokens) throws InterruptedException {
        Followers followers = new Followers();
        for (int client = 0; client < size; client++) {
            followers.clients.add(new Client(ports, tokens.token(LiveEvents.KSB_ID)));
        }
        if (followers.awaitAll(client -> client.follower.isConnected()) > 0) {
            followers.close();
            throw new BenchFailed("not every client was let in");
        }
        return followers;
    }

    /** The result, when everybody has everything or, after two minutes, has lost it. */
    public Restarts.Round settle(int published) throws InterruptedException {
        int unusedLate = awaitAll(client -> client.follower.isConnected() && client.history.lost(published) == 0);
        Restarts.Round all = new Restarts.Round(
                sum(client -> client.history.lost(published)),
                sum(client -> client.history.doubled()),
                sum(client -> client.history.outOfOrder()),
                sum(client -> client.follower.reloads()),
                clients.stream()
                        .map(client -> client.follower)
                        .mapToLong(one -> one.isConnected() ? one.longestBreakMillis() : LIMIT.toMillis())
                        .max()
                        .orElse(0));
        clients.forEach(client -> client.follower.forgetBreaks());
        return all;
    }

    /** @return how many do not within two minutes */
    private int awaitAll(Predicate<Client> condition) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            int others = (int) clients.stream().filter(condition.negate()).count();
            if (others == 0 || System.nanoTime() > end) {
                return others;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private long sum(ToLongFunction<Client> count) {
        return clients.stream().mapToLong(count).sum();
    }

    @Override
    public void close() throws InterruptedException {
        for (Client client : clients) {
            client.follower.close();
        }
    }

    /** One of them, with what it has heard. */
    private static final class Client implements Follower.Screen {
        private final History history = new History();
        private final Follower follower;

        Client(List<Integer> ports, String token) {
            follower = new Follower(ports, () -> token, "customers", this);
        }

        @Override
        public void event(JsonNode frame) {
            history.hear(frame.path("data").path("n").asInt());
        }
    }
}
