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
import uz.ksb.pos.platform.database.DatabaseClock;
import uz.ksb.pos.platform.database.Rows;

/**
 * Which process sends an enterprise's sales, and the enterprise's circuit breaker. Times are the database's. A stored time
 * further ahead than its longest span is ignored: the clock went back since.
 */
@ApplicationScoped
class DeliveryLeases {
    /** Renewed while this process lives: after its death another goes on this soon. */
    private static final Duration LEASE = Duration.ofSeconds(15);

    /** Those that have a turn here already are among them. */
    private static final int MAX_FREE = DeliveryWorker.MAX_TURNS + WaitingEnterprises.MAX_WALKED;

    private static final String MILLISECONDS = "::bigint * interval '1 millisecond'";

    private final Pool pool;
    private final String now;
    private final String isFree;
    private final String owner = UUID.randomUUID().toString();

    DeliveryLeases(Pool pool, BackOfficeConfig config, DatabaseClock clock) {
        this.pool = pool;
        this.now = clock.now();
        // The breaker's pause is up to a fifth longer than that of a sale.
        Duration maxPause = config.longestPause().multipliedBy(6).dividedBy(5);
        this.isFree = "(%s or lease.owner = $1) and (lease.probe_at is null or %s)"
                .formatted(clock.isPast("lease.until", LEASE), clock.isPast("lease.probe_at", maxPause));
    }

    /** @param slow whether its back office was slow in its last turn */
    record Free(String ksbId, boolean slow) {}

    /**
     * The enterprises that this process may take, the one that was served longest ago first; no more than can have a turn.
     *
     * @param quickOnes those whose back office was not slow in its last turn are among them
     * @param slowOnes those whose back office was slow are
     */
    Uni<List<Free>> free(Collection<String> enterprises, boolean quickOnes, boolean slowOnes) {
        return pool.preparedQuery("""
                        select asked.ksb_id, coalesce(lease.slow, false) as slow from unnest($2::text[]) as asked (ksb_id)
                          left join delivery_leases lease on lease.ksb_id = asked.ksb_id
                        where case when lease.slow then $4::boolean else $3::boolean end and (lease.ksb_id is null or %s)
                        order by lease.served_at nulls first limit %d""".formatted(isFree, MAX_FREE))
                .execute(Tuple.of(owner, enterprises.toArray(String[]::new), quickOnes, slowOnes))
                .map(rows -> Rows.list(rows, row -> new Free(row.getString("ksb_id"), row.getBoolean("slow"))));
    }

    /**
     * Takes the lease or makes it longer.
     *
     * @return how many calls failed in a row; null when another process has it or the breaker is open
     */
    Uni<Integer> take(String ksbId) {
        return pool.preparedQuery("""
                        insert into delivery_leases as lease (ksb_id, owner, until) values ($2, $1, %s + $3%s)
                        on conflict (ksb_id) do update set owner = excluded.owner, until = excluded.until
                        where %s
                        returning failures""".formatted(now, MILLISECONDS, isFree))
                .execute(Tuple.of(owner, ksbId, LEASE.toMillis()))
                .map(rows -> Rows.first(rows, row -> row.getInteger("failures")));
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
        return pool.preparedQuery("update delivery_leases set failures = failures + 1, probe_at = " + now + " + $2"
                        + MILLISECONDS + " where ksb_id = $1")
                .execute(Tuple.of(ksbId, pause.toMillis()))
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
        return pool.preparedQuery("update delivery_leases set until = " + now + " + $3" + MILLISECONDS
                        + " where owner = $1 and ksb_id = any($2)")
                .execute(Tuple.of(owner, enterprises.toArray(String[]::new), LEASE.toMillis()))
                .replaceWithVoid();
    }

    /** Its turn is over. */
    Uni<Void> release(String ksbId, boolean slow) {
        return pool.preparedQuery("update delivery_leases set until = 'epoch', slow = $3, served_at = " + now
                        + " where ksb_id = $1 and owner = $2")
                .execute(Tuple.of(ksbId, owner, slow))
                .replaceWithVoid();
    }
}
