package uz.ksb.pos.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import uz.ksb.pos.till.Follower;
import uz.ksb.pos.till.Session;

/**
 * A till that shows the finished sales of its enterprise: it resumes after each break, and loads them anew only when the
 * gateway tells it to. So a sale that is missing on its screen is a gap that nobody told.
 */
final class FollowingTill implements Follower.Screen, AutoCloseable {
    private final RunningSystem system;
    private final Session cashier;
    private final ConcurrentMap<String, Long> shown = new ConcurrentHashMap<>();
    private final Set<String> heard = ConcurrentHashMap.newKeySet();
    private final AtomicInteger doubled = new AtomicInteger();
    private final Follower follower;

    FollowingTill(RunningSystem system, String ksbId) {
        this.system = system;
        this.cashier = system.api().session(ksbId, "kassir");
        this.follower = new Follower(List.of(system.portBase()), cashier::token, "sales", this);
    }

    boolean isConnected() {
        return follower.isConnected();
    }

    /** How often it was told to load everything anew, its first connection left out. */
    int reloads() {
        return follower.reloads();
    }

    /** How many events came more than once. */
    int doubled() {
        return doubled.get();
    }

    Set<String> shown() {
        return shown.keySet();
    }

    /** When {@code sale} came, as {@link System#nanoTime}; null: not yet. */
    Long shownAt(String sale) {
        return shown.get(sale);
    }

    /** Its connection is broken off, and made anew as a till does. */
    void cut() {
        follower.cut();
    }

    @Override
    public void event(JsonNode frame) {
        if (!heard.add(frame.path("id").asText())) {
            doubled.incrementAndGet();
        }
        if (frame.path("type").asText().equals("sale.completed")) {
            show(frame.path("data").path("id").asText());
        }
    }

    @Override
    public void load() {
        system.api().sales(cashier.token()).forEach(sale -> show(sale.path("id").asText()));
    }

    private void show(String sale) {
        Long unused = shown.putIfAbsent(sale, System.nanoTime());
    }

    @Override
    public void close() throws InterruptedException {
        follower.close();
    }
}
