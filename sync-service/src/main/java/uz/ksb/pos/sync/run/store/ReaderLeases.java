package uz.ksb.pos.sync.run.store;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which replica reads an enterprise's back office. A lease that is not renewed ends by the database's clock; one that ends later than any
 * lease can was taken before that clock went back, and counts no more.
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

    /** Takes or renews. @return false when another replica has it */
    public Uni<Boolean> take(String ksbId) {
        return pool.preparedQuery("""
                        insert into reader_leases (ksb_id, owner, until)
                        values ($1, $2, clock_timestamp() + make_interval(secs => $3))
                        on conflict (ksb_id) do update set owner = excluded.owner, until = excluded.until
                        where reader_leases.owner = excluded.owner or reader_leases.until < clock_timestamp()
                            or reader_leases.until > clock_timestamp() + make_interval(secs => $3)""")
                .execute(Tuple.of(ksbId, owner, (double) lease.toSeconds()))
                .map(taken -> taken.rowCount() == 1);
    }

    public Uni<Void> release(String ksbId) {
        return pool.preparedQuery("delete from reader_leases where ksb_id = $1 and owner = $2")
                .execute(Tuple.of(ksbId, owner))
                .replaceWithVoid();
    }
}
