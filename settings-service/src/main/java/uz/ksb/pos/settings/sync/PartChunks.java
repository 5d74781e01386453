package uz.ksb.pos.settings.sync;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import uz.ksb.pos.settings.sync.PartMessage.Applied;
import uz.ksb.pos.settings.sync.PartMessage.RejectedRow;

/** What was done with the rows of a part, until its end is answered. */
final class PartChunks {
    private static final String COUNT = """
            insert into sync_chunks (ksb_id, sync_id, part, chunk, received, applied, rejected)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (ksb_id, sync_id, part, chunk) do update set
                received = excluded.received, applied = greatest(sync_chunks.applied, excluded.applied),
                rejected = excluded.rejected""";

    private static final String SUM = """
            select coalesce(sum(applied), 0)::int as applied,
                coalesce((select jsonb_agg(r.value) from sync_chunks, jsonb_array_elements(rejected) r
                    where ksb_id = $1 and sync_id = $2 and part = $3 and chunk <= $4), '[]') as rejected
            from sync_chunks where ksb_id = $1 and sync_id = $2 and part = $3 and chunk <= $4""";

    /** Runs of one enterprise follow each other: what older ones left is not asked for any more. */
    private static final String FORGET = "delete from sync_chunks where ksb_id = $1 and part = $2 and sync_id < $3";

    private PartChunks() {}

    static Uni<Void> count(
            SqlConnection connection, String ksbId, PartMessage.Rows message, int applied, JsonArray rejected) {
        return connection
                .preparedQuery(COUNT)
                .execute(Tuple.from(List.of(
                        ksbId,
                        message.syncId(),
                        message.part(),
                        message.chunk(),
                        message.rows().size(),
                        applied,
                        rejected)))
                .replaceWithVoid();
    }

    static Uni<Applied> sum(SqlConnection connection, String ksbId, PartMessage.End end) {
        return connection
                .preparedQuery(SUM)
                .execute(Tuple.of(ksbId, end.syncId(), end.part(), end.chunks()))
                .map(rows -> applied(end, rows.iterator().next()))
                .call(() -> connection.preparedQuery(FORGET).execute(Tuple.of(ksbId, end.part(), end.syncId())));
    }

    private static Applied applied(PartMessage.End end, Row row) {
        List<RejectedRow> rejected = row.getJsonArray("rejected").stream()
                .map(JsonObject.class::cast)
                .map(one -> new RejectedRow(one.getString("id"), one.getString("reason")))
                .toList();
        int applied = Math.min(row.getInteger("applied"), end.rows() - rejected.size());
        return new Applied(
                end.syncId(), end.part(), end.rows(), applied, end.rows() - applied - rejected.size(), rejected);
    }
}
