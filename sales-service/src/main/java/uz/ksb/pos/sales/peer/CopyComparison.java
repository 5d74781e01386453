package uz.ksb.pos.sales.peer;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.schedule.OneByOne;

/**
 * Heals the copies: compares all copies of an enterprise with their owners after each start, after a gap in what events told, and
 * when a log is not the one that was read before. The table {@code copy_comparisons} keeps what is asked for, so any replica does
 * it, and a failed comparison is tried again after half a minute, behind the others.
 */
@ApplicationScoped
public class CopyComparison {
    private static final Logger LOG = Logger.getLogger(CopyComparison.class);
    private static final int MAX_ENTERPRISES = 50;
    private static final int MAX_AT_ONCE = 4;

    private static final String ASK = """
            insert into copy_comparisons as known (ksb_id) values ($1)
            on conflict (ksb_id) do update set asked = known.asked + 1""";

    private static final String ASK_FOR_ALL = """
            insert into copy_comparisons as known (ksb_id)
            select ksb_id from enterprises union select ksb_id from enterprise_rules
            union select ksb_id from catalogue_positions
            on conflict (ksb_id) do update set asked = known.asked + 1, tried_at = null""";

    private static final String ASKED = """
            select ksb_id, asked from copy_comparisons
            where asked > done
              and (tried_at is null or tried_at not between clock_timestamp() - interval '30 seconds' and clock_timestamp())
            order by tried_at nulls first limit $1""";

    private static final String DONE = """
            update copy_comparisons set done = greatest(done, $2), tried_at = null where ksb_id = $1""";

    private static final String FAILED = "update copy_comparisons set tried_at = clock_timestamp() where ksb_id = $1";

    private final Pool pool;
    private final PeerServices peers;
    private final List<Copy> copies;

    CopyComparison(Pool pool, PeerServices peers, @All List<Copy> copies) {
        this.pool = pool;
        this.peers = peers;
        this.copies = copies;
    }

    private record Asked(String ksbId, long times) {}

    /** The copies of an enterprise are to be compared, as soon as the transaction has committed. */
    public Uni<Void> ask(SqlClient client, String ksbId) {
        return client.preparedQuery(ASK).execute(Tuple.of(ksbId)).replaceWithVoid();
    }

    /** All copies are to be compared. */
    public Uni<Void> askForAll() {
        return pool.query(ASK_FOR_ALL).execute().replaceWithVoid();
    }

    void started(@Observes StartupEvent started) {
        askForAll()
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("Copies are not compared at the start: %s", failure));
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> compare() {
        return peers.areKnown()
                ? asked().chain(all -> Multi.createFrom()
                        .iterable(all)
                        .onItem()
                        .transformToUni(this::compareOrTryLater)
                        .merge(MAX_AT_ONCE)
                        .collect()
                        .last())
                : Uni.createFrom().voidItem();
    }

    private Uni<List<Asked>> asked() {
        return pool.preparedQuery(ASKED)
                .execute(Tuple.of(MAX_ENTERPRISES))
                .map(rows -> Rows.list(rows, row -> new Asked(row.getString("ksb_id"), row.getLong("asked"))));
    }

    private Uni<Void> compareOrTryLater(Asked asked) {
        return peers.forEnterprise(asked.ksbId())
                .chain(owners -> compare(owners, asked.ksbId()))
                .chain(() -> pool.preparedQuery(DONE).execute(Tuple.of(asked.ksbId(), asked.times())))
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.infof("The copies of %s are compared later: %s", asked.ksbId(), failure);
                    return pool.preparedQuery(FAILED).execute(Tuple.of(asked.ksbId()));
                })
                .replaceWithVoid();
    }

    private Uni<Void> compare(PeerServices.Peer owners, String ksbId) {
        return OneByOne.each(copies, copy -> copy.compare(owners, ksbId));
    }
}
