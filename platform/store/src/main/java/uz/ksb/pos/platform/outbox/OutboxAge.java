package uz.ksb.pos.platform.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The metrics {@code pos.outbox.age.seconds}: the age of the oldest event that is not published yet, and {@code pos.outbox.events}:
 * how many wait, at most {@value #MAX_COUNTED}. An alert shows a relay that is switched off or stuck, and Kafka being away.
 */
@ApplicationScoped
class OutboxAge {
    /** Counting more would only take longer. */
    private static final int MAX_COUNTED = 100_000;

    private static final String MEASURE = """
            select coalesce(extract(epoch from clock_timestamp() -
                (select created_at from outbox order by id limit 1)), 0)::float8 as age,
              (select count(*) from (select 1 from outbox limit %d) as counted)::int as events""".formatted(MAX_COUNTED);

    private final Pool pool;
    private volatile double seconds;
    private volatile int events;

    OutboxAge(Pool pool) {
        this.pool = pool;
    }

    void register(@Observes StartupEvent started, MeterRegistry metrics) {
        Gauge.builder("pos.outbox.age.seconds", this, OutboxAge::seconds)
                .description("Age of the oldest event that is not published yet")
                .register(metrics);
        Gauge.builder("pos.outbox.events", this, OutboxAge::events)
                .description("Events that are not published yet, at most " + MAX_COUNTED)
                .register(metrics);
    }

    double seconds() {
        return seconds;
    }

    int events() {
        return events;
    }

    @Scheduled(every = "10s", delayed = "10s")
    Uni<Void> measure() {
        return pool.query(MEASURE).execute().invoke(this::note).replaceWithVoid();
    }

    private void note(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        seconds = Math.max(0, row.getDouble("age"));
        events = row.getInteger("events");
    }
}
