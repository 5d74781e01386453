package uz.ksb.pos.settings.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.json.Json;
import uz.ksb.pos.platform.outbox.Outbox;

/** One table of settings documents: reads without a lock, and the upsert that decides. */
final class SettingsTable<T> {
    private final Pool pool;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final Class<T> type;
    private final String select;
    private final String upsert;
    private final String selectAll;
    private final String upsertAll;

    SettingsTable(String table, Class<T> type, Pool pool, Outbox outbox, ObjectMapper json) {
        this.pool = pool;
        this.outbox = outbox;
        this.json = json;
        this.type = type;
        this.select = "select version, content from " + table + " where id = $1";
        // One first writer at a time: of two, one would put its row into the table and take it out again.
        this.upsert = """
                insert into %1$s as stored (id, version, content)
                select $1, 1, $2::jsonb from (select pg_advisory_xact_lock(uuid_hash_extended($1, 0))) alone
                where $3::bigint is null or $3 = 0 or exists (select from %1$s where id = $1)
                on conflict (id) do update set version = stored.version + 1, content = excluded.content
                where stored.content is distinct from excluded.content and ($3 is null or stored.version = $3)
                returning version""".formatted(table);
        this.selectAll = "select id, version, content from " + table + " where id = any($1) order by id for update";
        this.upsertAll = """
                insert into %s as stored (id, version, content)
                select (value ->> 'id')::uuid, (value ->> 'version')::bigint, value -> 'content'
                from jsonb_array_elements($1::jsonb)
                on conflict (id) do update set version = excluded.version, content = excluded.content
                where stored.version = excluded.version - 1""".formatted(table);
    }

    /** One owner's part in {@link #merge}; {@code usual} is what is changed when nothing is stored. */
    record Merging<T>(Owner owner, T usual, UnaryOperator<T> change) {}

    /** Someone else wrote the first settings of one of them at the same moment: the whole transaction has to be repeated. */
    private static final class Overtaken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Overtaken() {
            super("settings were written by someone else meanwhile", null, false, false);
        }
    }

    /**
     * EntityTransactions many settings in the caller's transaction, holding their rows; what comes out equal is not written.
     *
     * @return whose settings were written
     */
    Uni<Set<UUID>> merge(SqlConnection connection, List<Merging<T>> some) {
        if (some.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return connection
                .preparedQuery(selectAll)
                .execute(Tuple.of(some.stream().map(one -> one.owner().id()).toArray(UUID[]::new)))
                .map(rows -> changed(some, rows))
                .call(changed -> writeAll(connection, changed))
                .map(Map::keySet);
    }

    private Map<UUID, Event> changed(List<Merging<T>> some, RowSet<Row> rows) {
        Map<UUID, Versioned<T>> stored = new HashMap<>();
        rows.forEach(row -> stored.put(row.getUUID(0), stored(row.getLong(1), row.getJsonObject(2))));
        Map<UUID, Event> changed = new LinkedHashMap<>();
        for (Merging<T> one : some) {
            Versioned<T> before = stored.getOrDefault(one.owner().id(), new Versioned<>(0, one.usual()));
            T after = one.change().apply(before.content());
            if (!after.equals(before.content())) {
                changed.put(one.owner().id(), SettingsChanged.of(one.owner(), before.version() + 1, after));
            }
        }
        return changed;
    }

    private Uni<Void> writeAll(SqlConnection connection, Map<UUID, Event> changed) {
        if (changed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        JsonArray rows = new JsonArray();
        changed.forEach((id, event) -> rows.add(row(id, (SettingsChanged) event.data())));
        return connection
                .preparedQuery(upsertAll)
                .execute(Tuple.of(rows))
                .invoke(written -> {
                    if (written.rowCount() != changed.size()) {
                        throw new Overtaken();
                    }
                })
                .chain(() -> outbox.add(connection, List.copyOf(changed.values())));
    }

    private JsonObject row(UUID id, SettingsChanged after) {
        return new JsonObject()
                .put("id", id.toString())
                .put("version", after.version())
                .put("content", document(after.settings()));
    }

    /** @param usual when nothing is stored */
    Uni<Versioned<T>> read(UUID id, T usual) {
        return pool.preparedQuery(select)
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? new Versioned<>(0, usual)
                        : stored(
                                rows.iterator().next().getLong(0),
                                rows.iterator().next().getJsonObject(1)));
    }

    /**
     * Stores the content and tells it, if it differs from what is stored at that moment.
     *
     * @param expected the version that must still be there; empty: the last writer wins
     * @return the new version; empty when nothing was written, because another version is there or the same content
     */
    Uni<OptionalLong> write(Owner owner, T content, Optional<Long> expected) {
        return outbox.inTransaction(connection -> upsert(connection, owner.id(), content, expected)
                .call(version -> version.isPresent()
                        ? outbox.add(connection, SettingsChanged.of(owner, version.getAsLong(), content))
                        : Uni.createFrom().voidItem()));
    }

    private Uni<OptionalLong> upsert(SqlConnection connection, UUID id, T content, Optional<Long> expected) {
        return connection
                .preparedQuery(upsert)
                .execute(Tuple.of(id, document(content), expected.orElse(null)))
                .map(SettingsTable::version);
    }

    private static OptionalLong version(RowSet<Row> rows) {
        return rows.size() == 0
                ? OptionalLong.empty()
                : OptionalLong.of(rows.iterator().next().getLong(0));
    }

    private JsonObject document(Object content) {
        return new JsonObject(Json.write(json, content));
    }

    private Versioned<T> stored(long version, JsonObject content) {
        return new Versioned<>(version, Json.read(json, content.encode(), type));
    }
}
