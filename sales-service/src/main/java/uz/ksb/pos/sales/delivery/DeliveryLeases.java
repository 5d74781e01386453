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
 * Which process sends an enterprise's sales, and its circuit breaker. Times are the database's, moved by
 * {@code pos.clock.offset} as everything is.
 */
@ApplicationScoped
class DeliveryLeases {
    private static final String NOW = "(clock_timestamp() + $1::bigint * interval '1 millisecond')";

    /** A walk over the enterprises in the index of what waits, without reading all that waits. */
    private static final String WAITING = """
            with recursive enterprises as (
              (select ksb_id from sales where delivery_status = 'NOT_DELIVERED' order by ksb_id limit 1)
              union all
              select (select s.ksb_id from sales s where s.delivery_status = 'NOT_DELIVERED' and s.ksb_id > e.ksb_id
                      order by s.ksb_id limit 1)
              from enterprises e where e.ksb_id is not null
            )
            select e.ksb_id from enterprises e left join delivery_leases l on l.ksb_id = e.ksb_id
            where e.ksb_id is not null and (l.ksb_id is null
              or (l.until < %1$s or l.owner = $2) and (l.probe_at is null or l.probe_at <= %1$s))
            """.formatted(NOW);

    private static final String TAKE = """
            insert into delivery_leases as lease (ksb_id, owner, until)
            values ($3, $2, %1$s + $4::bigint * interval '1 millisecond')
            on conflict (ksb_id) do update set owner = excluded.owner, until = excluded.until
            where (lease.until < %1$s or lease.owner = $2) and (lease.probe_at is null or lease.probe_at <= %1$s)
            returning failures""".formatted(NOW);

    private final Pool pool;
    private final long offset;
    private final String owner = UUID.randomUUID().toString();

    DeliveryLeases(Pool pool, @ConfigProperty(name = "pos.clock.offset", defaultValue = "PT0S") Duration offset) {
        this.pool = pool;
        this.offset = offset.toMillis();
    }

    /** Enterprises with sales that wait, which this process may take. */
    Uni<List<String>> waiting() {
        return pool.preparedQuery(WAITING).execute(Tuple.of(offset, owner)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getString("ksb_id"))
                .toList());
    }

    /**
     * Takes the lease or makes it longer.
     *
     * @return how many calls failed in a row; null when another process has it or the back office is left in peace
     */
    Uni<Integer> take(String ksbId, Duration length) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(offset, owner, ksbId, length.toMillis()))
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
    Uni<Void> renew(Collection<String> enterprises, Duration length) {
        return pool.preparedQuery("update delivery_leases set until = " + NOW
                        + " + $4::bigint * interval '1 millisecond' where owner = $2 and ksb_id = any($3)")
                .execute(Tuple.of(offset, owner, enterprises.toArray(String[]::new), length.toMillis()))
                .replaceWithVoid();
    }

    Uni<Void> release(String ksbId) {
        return pool.preparedQuery("update delivery_leases set until = 'epoch' where ksb_id = $1 and owner = $2")
                .execute(Tuple.of(ksbId, owner))
                .replaceWithVoid();
    }
}
