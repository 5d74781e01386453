package uz.ksb.pos.sync.run;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Which replica reads an enterprise's back office. A lease that is not renewed ends by the database's clock. */
@ApplicationScoped
class ReaderLeases {
    private final Pool pool;
    private final SyncConfig config;
    private final UUID owner = UUID.randomUUID();

    ReaderLeases(Pool pool, SyncConfig config) {
        this.pool = pool;
        this.config = config;
    }

    /** Takes or renews. @return false when another replica has it */
    Uni<Boolean> take(String ksbId) {
        return pool.preparedQuery("""
                        insert into reader_leases (ksb_id, owner, until)
                        values ($1, $2, clock_timestamp() + make_interval(secs => $3))
                        on conflict (ksb_id) do update set owner = excluded.owner, until = excluded.until
                        where reader_leases.owner = excluded.owner or reader_leases.until < clock_timestamp()""")
                .execute(Tuple.of(ksbId, owner, (double) config.lease().toSeconds()))
                .map(taken -> taken.rowCount() == 1);
    }

    Uni<Void> release(String ksbId) {
        return pool.preparedQuery("delete from reader_leases where ksb_id = $1 and owner = $2")
                .execute(Tuple.of(ksbId, owner))
                .replaceWithVoid();
    }
}
