package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ThrowingRunnable;
import uz.ksb.pos.till.LiveTill;
import uz.ksb.pos.till.Session;

/** A Prometheus that reads a running system, and a shop at work: one till sells, one reads, one watches its screen. */
final class AlertWatch implements AutoCloseable {
    static final String KSB_ID = "10000002";
    static final Duration LIMIT = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 200;

    private final Prometheus prometheus;
    private final Seller seller;
    private final LiveTill screen;
    private final Thread reader;

    AlertWatch(RunningSystem system) throws IOException {
        prometheus = Prometheus.reading(system);
        seller = new Seller(system, KSB_ID, PAUSE_MILLIS);
        Session cashier = system.api().session(KSB_ID, "kassir");
        screen = new LiveTill(system.portBase(), cashier.token(), "sales");
        reader = Thread.ofVirtual().start(() -> readForEver(system, cashier));
    }

    private static void readForEver(RunningSystem system, Session cashier) {
        try {
            while (true) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                try {
                    int unused = system.api()
                            .get("/api/sales?limit=1", cashier.token())
                            .status();
                } catch (RuntimeException | AssertionError away) {
                    // As a till: it asks again.
                }
            }
        } catch (InterruptedException closed) {
            // Nobody waits for the last answer.
        }
    }

    Prometheus prometheus() {
        return prometheus;
    }

    void readsAll() {
        soon(() -> assertThat(prometheus.targets()).hasSize(5).allSatisfy((job, health) -> assertThat(health)
                .isEqualTo("up")));
    }

    /** Each fires within the limit, be it at its own time. */
    void fires(String... alerts) {
        Set<String> fired = new TreeSet<>();
        soon(() -> {
            fired.addAll(prometheus.firing());
            assertThat(fired).contains(alerts);
        });
    }

    /** Slow answers do not count: other processes of this machine decide how fast the test's system is. */
    void quiet() {
        soon(() -> assertThat(prometheus.firing()).allMatch(alert -> alert.contains("SlowBurn")));
    }

    void ended(String... alerts) {
        soon(() -> assertThat(prometheus.firing()).doesNotContain(alerts));
    }

    private static void soon(ThrowingRunnable assertion) {
        await().atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(300))
                .pollInSameThread()
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    @Override
    public void close() throws InterruptedException {
        reader.interrupt();
        screen.close();
        seller.close();
        prometheus.close();
    }
}
