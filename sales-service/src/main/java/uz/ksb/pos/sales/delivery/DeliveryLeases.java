package uz.ksb.pos.sales.delivery;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which process sends an enterprise's sales, and the enterprise's circuit breaker. Times are the database's, moved by
 * {@code pos.clock.offset}. A stored time further ahead than its longest span is ignored: the clock went back since.
 */
@ApplicationScoped
class DeliveryLeases {
    /** Renewed while this process lives: after its death another goes on this soon. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    private static final String NOW = "(clock_timestamp() + $1::bigint * interval '1 millisecond')";

    /** $1 to $4: offset, owner, length of a lease, longest pause of a breaker. */
    private static final String IS_FREE = """
            (lease.until < %1$s or lease.until > %1$s + $3::bigint * interval '1 millisecond' or lease.owner = $2)
              and (lease.probe_at is null or lease.probe_at <= %1$s
                or lease.probe_at > %1$s + $4::bigint * interval '1 millisecond')""".formatted(NOW);

    private static final String FREE = """
            select asked.ksb_id from unnest($5::text[]) as asked (ksb_id)
              left join delivery_leases lease on lease.ksb_id = asked.ksb_id
            where lease.ksb_id is null or %s
            order by lease.served_at nulls first""".formatted(IS_FREE);

    private static final String TAKE = """
            insert into delivery_leases as lease (ksb_id, owner, until)
            values ($5, $2, %1$s + $3::bigint * interval '1 millisecond')
            on conflict (ksb_id) do update set owner = excluded.owner, until = excluded.until
            where %2$s
            returning failures""".formatted(NOW, IS_FREE);

    private final Pool pool;
    private final BackOfficeConfig config;
    private final long offset;
    private final String owner = UUID.randomUUID().toString();

    DeliveryLeases(
            Pool pool,
            BackOfficeConfig config,
            @ConfigProperty(name = "pos.clock.offset", defaultValue = "PT0S") Duration offset) {
        this.pool = pool;
        this.config = config;
        this.offset = offset.toMillis();
    }

    /** Those of the enterprises that this process may take, the one that was served longest ago first. */
    Uni<List<String>> free(Collection<String> enterprises) {
        return pool.preparedQuery(FREE)
                .execute(values((Object) enterprises.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("ksb_id"))
                        .toList());
    }

    /**
     * Takes the lease or makes it longer.
     *
     * @return how many calls failed in a row; null when another process has it or the breaker is open
     */
    Uni<Integer> take(String ksbId) {
        return pool.preparedQuery(TAKE)
                .execute(values(ksbId))
                .map(rows ->
                        rows.rowCount() == 0 ? null : rows.iterator().next().getInteger("failures"));
    }

    /** Its back office answers. */
    Uni<Void> works(String ksbId) {
        return pool.preparedQuery(
                        "update delivery_leases set failures = 0, probe_at = null where ksb_id = $1 and failures > 0")
                .execute(Tuple.of(ksbId))
                .replaceWithVoid();
    }

    /** A call was not answered: nobody calls it for {@code pause}. */
    Uni<Void> failed(String ksbId, Duration pause) {
        return pool.preparedQuery("update delivery_leases set failures = failures + 1, probe_at = " + NOW
                        + " + $3::bigint * interval '1 millisecond' where ksb_id = $2")
                .execute(Tuple.of(offset, ksbId, pause.toMillis()))
                .replaceWithVoid();
    }

    /** A person wants it tried at once. */
    Uni<Void> tryNow(SqlClient client, String ksbId) {
        return client.preparedQuery("update delivery_leases set probe_at = null where ksb_id = $1")
                .execute(Tuple.of(ksbId))
                .replaceWithVoid();
    }

    /** Keeps what this process has, for as long as its calls take. */
    Uni<Void> renew(Collection<String> enterprises) {
        return pool.preparedQuery("update delivery_leases set until = " + NOW
                        + " + $4::bigint * interval '1 millisecond' where owner = $2 and ksb_id = any($3)")
                .execute(Tuple.of(offset, owner, enterprises.toArray(String[]::new), LEASE.toMillis()))
                .replaceWithVoid();
    }

    /** Its turn is over. */
    Uni<Void> release(String ksbId) {
        return pool.preparedQuery("update delivery_leases set until = 'epoch', served_at = " + NOW
                        + " where ksb_id = $2 and owner = $3")
                .execute(Tuple.of(offset, ksbId, owner))
                .replaceWithVoid();
    }

    private Tuple values(Object asked) {
        // The breaker's pause is up to a fifth longer than that of a sale.
        long longestPause = config.longestPause().multipliedBy(6).dividedBy(5).toMillis();
        return Tuple.of(offset, owner, LEASE.toMillis(), longestPause, asked);
    }
}
