package uz.ksb.pos.settings.user;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.database.Rows;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.text.StorableText;

/**
 * Adds the back office's users, without a password, and keeps name and role of known ones as the back office changes them. It
 * never takes ADMIN away: an enterprise must not lose its last one by a mistake made elsewhere.
 */
@ApplicationScoped
public class UserImport {
    private static final String ADD = """
            insert into users (id, user_id, ksb_id, login, login_key, display_name, role)
            select r.id, r.id, $1, r.login, r.key, r.name, r.role
            from jsonb_to_recordset($2::jsonb) as r(id uuid, login text, key text, name text, role text) order by r.key
            on conflict (ksb_id, login_key) do nothing returning id""";

    private static final String CHANGE = """
            update users u set version = u.version + 1,
                display_name = case when r."nameIsNew" then r.name else u.display_name end,
                role = case when r."roleIsNew" and u.role <> 'ADMIN' then r.role else u.role end
            from jsonb_to_recordset($2::jsonb)
                as r(key text, name text, role text, "nameIsNew" boolean, "roleIsNew" boolean)
            where u.ksb_id = $1 and u.login_key = r.key and (
                r."nameIsNew" and u.display_name <> r.name
                or r."roleIsNew" and u.role <> 'ADMIN' and u.role <> r.role)
            returning u.id""";

    private static final String ALL =
            "select id, user_id, login, login_key, role from users where ksb_id = $1 and login_key = any($2)";

    /** A user as the back office names them; name and role of a known one are changed only when they are new there. */
    public record ImportedUser(String login, String name, Role role, boolean nameIsNew, boolean roleIsNew) {}

    /** As they are stored now; {@code key} as in {@link User#key}. */
    public record StoredUser(UUID id, UUID userId, String login, String key, Role role) {}

    /** All of them, and the ids of those that were added or changed. */
    public record Stored(List<StoredUser> users, Set<UUID> changed) {}

    public Uni<Stored> store(SqlConnection connection, String ksbId, List<ImportedUser> users) {
        JsonArray rows = new JsonArray();
        users.forEach(user -> rows.add(row(user)));
        String[] keys = users.stream().map(user -> User.key(user.login())).toArray(String[]::new);
        return ids(connection, ADD, ksbId, rows).chain(added -> ids(connection, CHANGE, ksbId, rows)
                .invoke(added::addAll)
                .chain(() -> connection.preparedQuery(ALL).execute(Tuple.of(ksbId, keys)))
                .map(all -> new Stored(stored(all), added)));
    }

    private static JsonObject row(ImportedUser user) {
        return new JsonObject()
                .put("id", Ids.next().toString())
                .put("login", StorableText.stored(user.login()))
                .put("key", User.key(user.login()))
                .put("name", StorableText.stored(user.name()))
                .put("role", user.role().name())
                .put("nameIsNew", user.nameIsNew())
                .put("roleIsNew", user.roleIsNew());
    }

    private static Uni<Set<UUID>> ids(SqlConnection connection, String sql, String ksbId, JsonArray rows) {
        return connection.preparedQuery(sql).execute(Tuple.of(ksbId, rows)).map(changed -> {
            Set<UUID> ids = new HashSet<>();
            changed.forEach(row -> ids.add(row.getUUID(0)));
            return ids;
        });
    }

    private static List<StoredUser> stored(RowSet<Row> rows) {
        return Rows.list(
                rows,
                row -> new StoredUser(
                        row.getUUID("id"),
                        row.getUUID("user_id"),
                        row.getString("login"),
                        row.getString("login_key"),
                        Role.valueOf(row.getString("role"))));
    }
}
