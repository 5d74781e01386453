package uz.ksb.pos.settings.sync;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.Map;

/** The back office's last answer: the measure of whether it says anything new. */
final class BackOfficeSnapshot {
    private static final String REMEMBER = """
            insert into back_office_rows as known (ksb_id, kind, id, content)
            select $1, $2, key, value from jsonb_each($3::jsonb) order by key
            on conflict (ksb_id, kind, id) do update set content = excluded.content
            where known.content is distinct from excluded.content
            returning new.id as id, old.content as before""";

    private static final String ADVANCE = """
            insert into back_office_readings as known (ksb_id, part, version) values ($1, $2, $3)
            on conflict (ksb_id, part) do update set version = excluded.version where known.version <= excluded.version
            returning version""";

    private BackOfficeSnapshot() {}

    /** Takes the part's lock until the transaction ends. @return false when a newer reading was applied already */
    static Uni<Boolean> advance(SqlConnection connection, String ksbId, String part, long version) {
        return connection
                .preparedQuery(ADVANCE)
                .execute(Tuple.of(ksbId, part, version))
                .map(rows -> rows.size() > 0);
    }

    /**
     * Remembers rows of one kind.
     *
     * @param contents by id
     * @return for each id that says anything new, what it said before: empty at the first time
     */
    static Uni<Map<String, JsonObject>> remember(
            SqlConnection connection, String ksbId, String kind, JsonObject contents) {
        if (contents.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return connection
                .preparedQuery(REMEMBER)
                .execute(Tuple.of(ksbId, kind, contents))
                .map(changed -> {
                    Map<String, JsonObject> before = new HashMap<>();
                    changed.forEach(row -> {
                        JsonObject said = row.getJsonObject("before");
                        before.put(row.getString("id"), said == null ? new JsonObject() : said);
                    });
                    return before;
                });
    }
}
