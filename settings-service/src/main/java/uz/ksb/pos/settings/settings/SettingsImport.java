package uz.ksb.pos.settings.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.outbox.Outbox;

/** Applies what the back office gives to many users or tills, in its caller's transaction. */
@ApplicationScoped
public class SettingsImport {
    private final SettingsTable<UserSettings> users;
    private final SettingsTable<DeviceSettings> devices;

    SettingsImport(Pool pool, Outbox outbox, ObjectMapper json) {
        users = UserSettingsStore.table(pool, outbox, json);
        devices = DeviceSettingsStore.table(pool, outbox, json);
    }

    /** A user, and what is given to them anew. */
    public record OfUser(UUID id, UUID userId, String login, Role role, UserSettingsPatch given) {}

    /** A till by its own id, and what is given to it anew. */
    public record OfDevice(UUID deviceId, DeviceSettingsPatch given) {}

    /**
     * @param currency of users to whom nothing else was given
     * @return whose settings were written
     */
    public Uni<Set<UUID>> users(SqlConnection connection, String ksbId, String currency, List<OfUser> some) {
        return users.merge(
                connection,
                some.stream()
                        .map(user -> new SettingsTable.Merging<>(
                                new Owner.OfUser(user.id(), ksbId, user.userId(), user.login()),
                                UserSettings.of(user.role(), currency),
                                user.given()::on))
                        .toList());
    }

    /** Settings for a till that is not here have no effect. @return how many were written */
    public Uni<Integer> devices(SqlConnection connection, String ksbId, List<OfDevice> some) {
        if (some.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        Map<UUID, DeviceSettingsPatch> given = new HashMap<>();
        some.forEach(device -> given.put(device.deviceId(), device.given()));
        return connection
                .preparedQuery("select id, device_id from devices where ksb_id = $1 and device_id = any($2)")
                .execute(Tuple.of(ksbId, given.keySet().toArray(UUID[]::new)))
                .map(rows -> {
                    List<SettingsTable.Merging<DeviceSettings>> merging = new ArrayList<>();
                    rows.forEach(row -> merging.add(new SettingsTable.Merging<>(
                            new Owner.OfDevice(row.getUUID("id"), ksbId, row.getUUID("device_id")),
                            DeviceSettings.DEFAULTS,
                            given.get(row.getUUID("device_id"))::on)));
                    return merging;
                })
                .chain(merging -> devices.merge(connection, merging))
                .map(Set::size);
    }
}
