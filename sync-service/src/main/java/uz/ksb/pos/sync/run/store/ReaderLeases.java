package uz.ksb.pos.sync.run.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import uz.ksb.pos.platform.database.Rows;

/**
 * Which replica reads an enterprise's back office. A lease that is not renewed ends by the database's clock; one that ends later than any
 * lease can was taken before that clock went back, and counts no more. A lease that has ended stays: it says when the enterprise was
 * served last, and whether its back office was slow.
 */
@ApplicationScoped
public class ReaderLeases {
    private final Pool pool;
    private final Duration lease;
    private final UUID owner = UUID.randomUUID();

    ReaderLeases(Pool pool, @ConfigProperty(name = "pos.sync.lease", defaultValue = "15s") Duration lease) {
        this.pool = pool;
        this.lease = lease;
    }

    /**
     * Takes or renews.
     *
     * @return whether its back office was slow in its last turn; null when another replica has the lease
     */
    public Uni<Boolean> take(String ksbId) {
        return pool.preparedQuery("""
                        insert into reader_leases (ksb_id, owner, until)
                        values ($1, $2, clock_timestamp() + make_interval(secs => $3))
                        on conflict (ksb_id) do update set owner = excluded.owner, until = excluded.until
                        where reader_leases.owner = excluded.owner or reader_leases.until < clock_timestamp()
                            or reader_leases.until > clock_timestamp() + make_interval(secs => $3)
                        returning slow""")
                .execute(Tuple.of(ksbId, owner, (double) lease.toSeconds()))
                .map(taken -> Rows.first(taken, row -> row.getBoolean("slow")));
    }

    /** Its turn is over. */
    public Uni<Void> release(String ksbId, boolean slow) {
        return pool.preparedQuery("""
                        update reader_leases set until = 'epoch', served_at = clock_timestamp(), slow = $3
                        where ksb_id = $1 and owner = $2""").execute(Tuple.of(ksbId, owner, slow)).replaceWithVoid();
    }

    /** Its turn has not begun. */
    public Uni<Void> giveBack(String ksbId) {
        return pool.preparedQuery("update reader_leases set until = 'epoch' where ksb_id = $1 and owner = $2")
                .execute(Tuple.of(ksbId, owner))
                .replaceWithVoid();
    }

    /** An enterprise whose runs go on. */
    public record Waiting(String ksbId, boolean slow) {}

    /**
     * The enterprises with runs that no replica drives now, the one that was served longest ago first.
     *
     * @param quickOnes those whose back office was not slow in its last turn are among them
     * @param slowOnes those whose back office was slow are
     */
    public Uni<List<Waiting>> waiting(boolean quickOnes, boolean slowOnes, int most) {
        return pool.preparedQuery("""
                        select s.ksb_id, coalesce(l.slow, false) as slow
                        from syncs s left join reader_leases l on l.ksb_id = s.ksb_id
                        where s.status = 'RUNNING' and case when l.slow then $2::boolean else $1::boolean end
                            and (l.ksb_id is null or l.until < clock_timestamp()
                                or l.until > clock_timestamp() + make_interval(secs => $3))
                        group by s.ksb_id, l.slow, l.served_at
                        order by l.served_at nulls first, min(s.started_at) limit $4""")
                .execute(Tuple.of(quickOnes, slowOnes, (double) lease.toSeconds(), most))
                .map(rows -> Rows.list(rows, row -> new Waiting(row.getString("ksb_id"), row.getBoolean("slow"))));
    }
}
