package uz.ksb.pos.system;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.Session;

/**
 * A till that sells without a pause, one sale after the other, and sends each again until it is told that it is saved: the
 * ids of those are what the system has promised to keep.
 */
final class Seller implements AutoCloseable {
    private final RunningSystem system;
    private final Session cashier;
    private final String currency;
    private final long pauseMillis;
    private final ConcurrentMap<String, Long> told = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean ended;
    private volatile String unexpected;
    private volatile int mostAgain;

    Seller(RunningSystem system, String ksbId, long pauseMillis) {
        this(system, ksbId, "GBP", pauseMillis);
    }

    /** @param currency the enterprise's main one */
    Seller(RunningSystem system, String ksbId, String currency, long pauseMillis) {
        this.system = system;
        this.currency = currency;
        this.cashier = system.api().session(ksbId, "kassir");
        this.pauseMillis = pauseMillis;
        this.thread = Thread.ofVirtual().start(this::run);
    }

    /** The sales that the system told to be saved, and when, as {@link System#nanoTime}. */
    Map<String, Long> told() {
        return told;
    }

    /** How often, after the first time, a sale was sent again at most. */
    int mostAgain() {
        return mostAgain;
    }

    /** An answer that no fault explains; null: none. */
    String unexpected() {
        return unexpected;
    }

    private void run() {
        try {
            while (!ended) {
                String id = UUID.randomUUID().toString();
                for (int again = 1; !isSaved(id); again++) {
                    mostAgain = Math.max(mostAgain, again);
                    TimeUnit.MILLISECONDS.sleep(100);
                }
                told.put(id, System.nanoTime());
                TimeUnit.MILLISECONDS.sleep(pauseMillis);
            }
        } catch (InterruptedException closed) {
            // A sale without an answer is promised by nobody.
        }
    }

    private boolean isSaved(String id) {
        try {
            Api.Answer answer = system.api()
                    .post(
                            "/api/sales/batch",
                            cashier.token(),
                            List.of(new FinishedSale(id, currency, Instant.now().toString(), "fault-test", "12.50")
                                    .document()));
            if (answer.status() == 200) {
                String result = answer.json().path(0).path("result").asText();
                if (!List.of("created", "replayed").contains(result)) {
                    unexpected = answer.body();
                }
                return true;
            }
            // 503 says that the database is away, 502 and 504 that the service is.
            if (answer.status() != 429 && !List.of(502, 503, 504).contains(answer.status())) {
                unexpected = answer.toString();
            }
            return false;
        } catch (RuntimeException | AssertionError away) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        thread.join(TimeUnit.MINUTES.toMillis(1));
        thread.interrupt();
        thread.join();
    }
}
