package uz.ksb.pos.platform.syncpart;

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
import uz.ksb.pos.platform.syncpart.PartApplied.RejectedRow;

/** Counts the rows of parts that are being received, so that any replica answers their end exactly. */
@ApplicationScoped
public class SyncPartLedger {
    /** A reading that was broken off and begun again sends its chunks again: they are not counted twice. */
    private static final String COUNT = """
            insert into sync_part_chunks as stored
                (ksb_id, sync_id, part, chunk, reading, received, applied, rejected_count, rejected)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
            on conflict (ksb_id, sync_id, part, chunk) do update set
                reading = excluded.reading, received = excluded.received,
                applied = greatest(stored.applied, excluded.applied),
                rejected_count = excluded.rejected_count, rejected = excluded.rejected, updated_at = clock_timestamp()
            where stored.reading <= excluded.reading""";

    private static final String SUM = """
            with counted as (
                select chunk, received, applied, rejected_count, rejected from sync_part_chunks
                where ksb_id = $1 and sync_id = $2 and part = $3 and reading = $4 and chunk <= $5
            )
            select coalesce(sum(received), 0)::bigint as received, coalesce(sum(applied), 0)::bigint as applied,
                coalesce(sum(rejected_count), 0)::bigint as rejected_count,
                (select coalesce(jsonb_agg(one), '[]') from (
                    select item.one from counted, jsonb_array_elements(rejected) with ordinality as item (one, place)
                    order by chunk, place limit $6) first) as rejected
            from counted""";

    /** Longer ago than the topics keep the messages. */
    private static final String FORGET =
            "delete from sync_part_chunks where updated_at < clock_timestamp() - interval '7 days'";

    private final Pool pool;

    SyncPartLedger(Pool pool) {
        this.pool = pool;
    }

    Uni<Void> count(SqlConnection connection, String ksbId, SyncPart.Rows message, RowsResult result) {
        return connection
                .preparedQuery(COUNT)
                .execute(Tuple.from(List.of(
                        ksbId,
                        message.syncId(),
                        message.part(),
                        message.chunk(),
                        message.reading(),
                        message.rows().size(),
                        result.applied(),
                        result.rejected().size(),
                        first(result))))
                .replaceWithVoid();
    }

    Uni<PartApplied> sum(SqlConnection connection, String ksbId, SyncPart.End end) {
        return connection
                .preparedQuery(SUM)
                .execute(Tuple.of(
                        ksbId, end.syncId(), end.part(), end.reading(), end.chunks(), PartApplied.MAX_REJECTED))
                .map(rows -> applied(end, rows.iterator().next()));
    }

    /** Forgets parts that ended or stopped long ago. Harmless on several replicas at once. */
    @Scheduled(every = "6h", delayed = "12m")
    public Uni<Void> forgetOld() {
        return pool.query(FORGET).execute().replaceWithVoid();
    }

    private static PartApplied applied(SyncPart.End end, Row row) {
        List<RejectedRow> rejected = row.getJsonArray("rejected").stream()
                .map(JsonObject.class::cast)
                .map(one -> new RejectedRow(one.getString("id"), one.getString("reason")))
                .toList();
        long received = row.getLong("received");
        long rejectedCount = row.getLong("rejected_count");
        long applied = Math.min(row.getLong("applied"), received - rejectedCount);
        return new PartApplied(
                end.syncId(),
                end.part(),
                received,
                applied,
                received - applied - rejectedCount,
                rejectedCount,
                rejected);
    }

    private static JsonArray first(RowsResult result) {
        JsonArray first = new JsonArray();
        result.rejected().stream()
                .limit(PartApplied.MAX_REJECTED)
                .forEach(row -> first.add(new JsonObject().put("id", row.id()).put("reason", row.reason())));
        return first;
    }
}
