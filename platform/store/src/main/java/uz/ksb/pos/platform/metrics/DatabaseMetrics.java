package uz.ksb.pos.platform.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;

/**
 * The metrics {@code pos.database.silence.seconds}: how long the database has not answered, at most ten seconds while all is well;
 * and {@code pos.database.size.bytes}: the room of this service's database, without its log.
 */
@ApplicationScoped
class DatabaseMetrics {
    private final Pool pool;
    private final MeterRegistry metrics;
    private volatile long answeredAt = System.nanoTime();
    private volatile double bytes = Double.NaN;

    DatabaseMetrics(Pool pool, MeterRegistry metrics) {
        this.pool = pool;
        this.metrics = metrics;
    }

    void register(@Observes StartupEvent started) {
        Gauge.builder("pos.database.silence.seconds", this, DatabaseMetrics::silence)
                .description("Time since the database answered last")
                .register(metrics);
    }

    double silence() {
        return Duration.ofNanos(System.nanoTime() - answeredAt).toMillis() / 1000.0;
    }

    @Scheduled(every = "10s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> ask() {
        return pool.query("select 1")
                .execute()
                .invoke(answer -> answeredAt = System.nanoTime())
                .replaceWithVoid();
    }

    /** Looks at each file of the database. */
    @Scheduled(every = "60s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        return pool.query("select pg_database_size(current_database())::float8 as bytes")
                .execute()
                .invoke(rows -> measured(rows.iterator().next().getDouble("bytes")))
                .replaceWithVoid();
    }

    /** It is shown when it is known: one "no number" spoils the slope of all hours around it. */
    private void measured(double now) {
        boolean first = Double.isNaN(bytes);
        bytes = now;
        if (first) {
            Gauge.builder("pos.database.size.bytes", this, database -> database.bytes)
                    .description("Room that the tables and indexes of this service's database take")
                    .register(metrics);
        }
    }
}
