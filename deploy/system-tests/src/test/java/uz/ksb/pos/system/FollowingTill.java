package uz.ksb.pos.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A till that shows the finished sales of its enterprise: it resumes after each break, and loads them anew only when the
 * gateway tells it to. So a sale that is missing on its screen is a gap that nobody told.
 */
final class FollowingTill implements AutoCloseable {
    private static final long PAUSE_MILLIS = 100;

    private final RunningSystem system;
    private final FreshLogin cashier;
    private final ConcurrentMap<String, Long> shown = new ConcurrentHashMap<>();
    private final AtomicInteger reloads = new AtomicInteger();
    private final Thread thread;
    private String position;
    private volatile boolean connected;
    private volatile boolean ended;

    FollowingTill(RunningSystem system, String ksbId) {
        this.system = system;
        this.cashier = new FreshLogin(system, ksbId, "kassir");
        this.thread = Thread.ofVirtual().start(this::run);
    }

    boolean isConnected() {
        return connected;
    }

    /** How often it was told to load everything anew, its first connection left out. */
    int reloads() {
        return reloads.get();
    }

    Set<String> shown() {
        return shown.keySet();
    }

    /** When {@code sale} came, as {@link System#nanoTime}; null: not yet. */
    Long shownAt(String sale) {
        return shown.get(sale);
    }

    private void run() {
        while (!ended) {
            try {
                follow();
            } catch (RuntimeException | AssertionError away) {
                // The system comes back: the next attempt tells.
            } catch (InterruptedException closed) {
                return;
            }
            connected = false;
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException closed) {
                return;
            }
        }
    }

    private void follow() throws InterruptedException {
        String token = cashier.token();
        try (LiveTill till = new LiveTill(system.portBase(), token)) {
            String since = position == null ? "" : ",\"since\":\"" + position + "\"";
            till.say("{\"op\":\"subscribe\",\"channels\":[\"sales\"]" + since + "}");
            int next = 0;
            while (!ended && !till.isClosed()) {
                while (next < till.heard().size()) {
                    hear(till.heard().get(next++), token);
                }
                TimeUnit.MILLISECONDS.sleep(5);
            }
        }
    }

    private void hear(JsonNode frame, String token) {
        switch (frame.path("op").asText()) {
            case "subscribed" -> subscribed(frame, token);
            case "event" -> {
                position = frame.path("position").asText();
                if (frame.path("type").asText().equals("sale.completed")) {
                    show(frame.path("data").path("id").asText());
                }
            }
            default -> {}
        }
    }

    private void subscribed(JsonNode frame, String token) {
        if (!frame.path("recovered").asBoolean()) {
            if (position != null) {
                reloads.incrementAndGet();
            }
            system.api().sales(token).forEach(sale -> show(sale.path("id").asText()));
        }
        position = frame.path("position").asText();
        connected = true;
    }

    private void show(String sale) {
        Long unused = shown.putIfAbsent(sale, System.nanoTime());
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.interrupt();
        thread.join();
    }
}
