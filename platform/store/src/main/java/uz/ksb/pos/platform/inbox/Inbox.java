package uz.ksb.pos.platform.inbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Remembers which events had their effect. The log holds each event at least once; with the inbox its effect happens
 * exactly once, because the note and the effect are one transaction.
 */
@ApplicationScoped
public class Inbox {
    private final Pool pool;

    Inbox(Pool pool) {
        this.pool = pool;
    }

    /**
     * Runs {@code effect} unless the event already had it. A second delivery at the same moment waits for the first.
     *
     * @param connection in the transaction that the effect belongs to
     * @param consumer whose effect it is: two consumers of one service see the same event independently
     * @return true when the effect took place now
     */
    public Uni<Boolean> once(SqlConnection connection, UUID eventId, String consumer, Supplier<Uni<Void>> effect) {
        return connection
                .preparedQuery("insert into inbox (event_id, consumer) values ($1, $2) on conflict do nothing")
                .execute(Tuple.of(eventId, consumer))
                .chain(inserted -> inserted.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : effect.get().replaceWith(true));
    }

    /**
     * Deletes notes that are older than any topic keeps its events.
     *
     * @return how many were deleted
     */
    public Uni<Integer> forgetOld() {
        return pool.query("delete from inbox where received_at < clock_timestamp() - interval '40 days'")
                .execute()
                .map(deleted -> deleted.rowCount());
    }
}
