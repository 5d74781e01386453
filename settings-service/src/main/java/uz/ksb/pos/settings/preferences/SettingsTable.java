package uz.ksb.pos.settings.preferences;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import uz.ksb.pos.platform.outbox.Outbox;

/** One table of settings documents: reads without a lock, and the upsert that decides. */
final class SettingsTable<T> {
    private final Pool pool;
    private final Outbox outbox;
    private final ObjectMapper json;
    private final Class<T> type;
    private final String select;
    private final String upsert;

    SettingsTable(String table, Class<T> type, Pool pool, Outbox outbox, ObjectMapper json) {
        this.pool = pool;
        this.outbox = outbox;
        this.json = json;
        this.type = type;
        this.select = "select version, content from " + table + " where id = $1";
        this.upsert = """
                insert into %1$s as stored (id, version, content)
                select $1, 1, $2::jsonb where $3::bigint is null or $3 = 0 or exists (select from %1$s where id = $1)
                on conflict (id) do update set version = stored.version + 1, content = excluded.content
                where stored.content is distinct from excluded.content and ($3 is null or stored.version = $3)
                returning version""".formatted(table);
    }

    /** @param usual when nothing is stored */
    Uni<Stored<T>> read(UUID id, T usual) {
        return pool.preparedQuery(select)
                .execute(Tuple.of(id))
                .map(rows -> rows.size() == 0
                        ? new Stored<>(0, usual)
                        : stored(rows.iterator().next()));
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

    private JsonObject document(T content) {
        try {
            return new JsonObject(json.writeValueAsString(content));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Stored<T> stored(Row row) {
        try {
            return new Stored<>(
                    row.getLong(0), json.readValue(row.getJsonObject(1).encode(), type));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored settings cannot be read", e);
        }
    }
}
