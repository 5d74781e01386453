package uz.ksb.pos.settings.enterprise;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import uz.ksb.pos.platform.database.Rows;

/**
 * The metrics of licences that end within {@value #DAYS} days, when the tills warn too, or have ended that lately:
 * {@code pos.licences.ending.enterprises} counts them, {@code pos.licence.left.seconds} by {@code ksb_id} names the
 * {@value #MAX_NAMED} that end first, negative after the end. An enterprise whose licence has ended for longer has left.
 */
@ApplicationScoped
class LicenceMetrics {
    static final int MAX_NAMED = 20;
    static final int DAYS = 7;

    static final String ENDING = """
            select ksb_id, licence_until, zone, (count(*) over ())::int as ending
            from enterprises where licence_until between $1 and $2
            order by licence_until, ksb_id limit $3""";

    private final Pool pool;
    private final Clock clock;
    private final MultiGauge named;
    private volatile int ending;

    LicenceMetrics(Pool pool, Clock clock, MeterRegistry metrics) {
        this.pool = pool;
        this.clock = clock;
        this.named = MultiGauge.builder("pos.licence.left.seconds")
                .description("How long a licence lasts, of the enterprises whose licences end first")
                .register(metrics);
        Gauge.builder("pos.licences.ending.enterprises", this, licences -> licences.ending)
                .description("Enterprises whose licence ends within " + DAYS + " days or has ended that lately")
                .register(metrics);
    }

    @Scheduled(every = "1m", delayed = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> measure() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return pool.preparedQuery(ENDING)
                .execute(Tuple.of(today.minusDays(DAYS), today.plusDays(DAYS), MAX_NAMED))
                .invoke(this::note)
                .replaceWithVoid();
    }

    private void note(RowSet<Row> rows) {
        Instant now = clock.instant();
        ending = Rows.stream(rows)
                .mapToInt(row -> row.getInteger("ending"))
                .findFirst()
                .orElse(0);
        named.register(
                Rows.stream(rows)
                        .map(row -> MultiGauge.Row.of(Tags.of("ksb_id", row.getString("ksb_id")), left(row, now)))
                        .toList(),
                true);
    }

    /** The date is the licence's last day. */
    private static double left(Row row, Instant now) {
        Instant end = row.getLocalDate("licence_until")
                .plusDays(1)
                .atStartOfDay(ZoneId.of(row.getString("zone")))
                .toInstant();
        return Duration.between(now, end).toSeconds();
    }
}
