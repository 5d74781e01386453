package uz.ksb.pos.platform.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The metric {@code pos.outbox.age.seconds}: the age of the oldest event that is not published yet. An alert on it shows a relay
 * that is switched off or stuck, and Kafka being away.
 */
@ApplicationScoped
class OutboxAge {
    private final Pool pool;
    private volatile double seconds;

    OutboxAge(Pool pool) {
        this.pool = pool;
    }

    void register(@Observes StartupEvent started, MeterRegistry metrics) {
        Gauge.builder("pos.outbox.age.seconds", this, OutboxAge::seconds)
                .description("Age of the oldest event that is not published yet")
                .register(metrics);
    }

    double seconds() {
        return seconds;
    }

    @Scheduled(every = "10s", delayed = "10s")
    Uni<Void> measure() {
        return pool.query("""
                        select coalesce(extract(epoch from clock_timestamp() - created_at), 0)::float8 as age
                        from outbox order by id limit 1""")
                .execute()
                .invoke(rows -> seconds = rows.rowCount() == 0
                        ? 0
                        : Math.max(0, rows.iterator().next().getDouble("age")))
                .replaceWithVoid();
    }
}
