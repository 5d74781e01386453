package uz.ksb.pos.product.sync;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import uz.ksb.pos.product.sync.PartApplied.RejectedItem;

/** The counts of parts that are being received, so that their end is answered exactly, also by another replica. */
@ApplicationScoped
class PartRepository {
    /** A reading that was broken off and begun again sends its chunks again: they are not counted twice. */
    private static final String COUNT = """
            insert into sync_chunks as stored (ksb_id, sync_id, part, chunk, received, applied, rejected)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (ksb_id, sync_id, part, chunk) do update set
                received = excluded.received, applied = greatest(stored.applied, excluded.applied),
                rejected = excluded.rejected, updated_at = clock_timestamp()""";

    private static final String SUM = """
            select coalesce(sum(received), 0)::bigint as received, coalesce(sum(applied), 0)::bigint as applied,
                coalesce(jsonb_agg(rejected order by chunk), '[]') as rejected
            from sync_chunks where ksb_id = $1 and sync_id = $2 and part = $3 and chunk <= $4""";

    private static final String FORGET_OLD =
            "delete from sync_chunks where updated_at < clock_timestamp() - interval '7 days'";

    private final Pool pool;

    PartRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> count(SqlConnection connection, String ksbId, PartMessage.Rows message, PartRows rows) {
        return connection
                .preparedQuery(COUNT)
                .execute(Tuple.from(List.of(
                        ksbId,
                        message.syncId(),
                        message.part(),
                        message.chunk(),
                        rows.received(),
                        rows.applied(),
                        rejected(rows))))
                .replaceWithVoid();
    }

    Uni<PartApplied> applied(SqlConnection connection, String ksbId, PartMessage.End end) {
        return connection
                .preparedQuery(SUM)
                .execute(Tuple.of(ksbId, end.syncId(), end.part(), end.chunks()))
                .map(rows -> applied(end, rows.iterator().next()));
    }

    /** Longer ago than the topic keeps its messages. */
    @Scheduled(every = "6h", delayed = "12m")
    Uni<Void> forgetOld() {
        return pool.query(FORGET_OLD).execute().replaceWithVoid();
    }

    private static PartApplied applied(PartMessage.End end, Row row) {
        List<RejectedItem> rejected = row.getJsonArray("rejected").stream()
                .flatMap(chunk -> ((JsonArray) chunk).stream())
                .map(JsonObject.class::cast)
                .map(one -> new RejectedItem(one.getString("id"), one.getString("reason")))
                .toList();
        long received = row.getLong("received");
        long applied = Math.min(row.getLong("applied"), received - rejected.size());
        return new PartApplied(
                end.syncId(), end.part(), received, applied, received - applied - rejected.size(), rejected);
    }

    private static JsonArray rejected(PartRows rows) {
        JsonArray rejected = new JsonArray();
        rows.rejected()
                .forEach(
                        row -> rejected.add(new JsonObject().put("id", row.id()).put("reason", row.reason())));
        return rejected;
    }
}
