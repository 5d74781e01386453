package uz.ksb.pos.settings.sync;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import uz.ksb.pos.settings.enterprise.EnterpriseImport;
import uz.ksb.pos.settings.enterprise.EnterprisePatch;
import uz.ksb.pos.settings.settings.DeviceSettingsPatch;
import uz.ksb.pos.settings.settings.SettingsImport;
import uz.ksb.pos.settings.settings.SettingsImport.OfDevice;
import uz.ksb.pos.settings.settings.SettingsImport.OfUser;
import uz.ksb.pos.settings.settings.UserSettingsPatch;
import uz.ksb.pos.settings.user.UserImport;
import uz.ksb.pos.settings.user.UserImport.ImportedUser;
import uz.ksb.pos.settings.user.UserImport.StoredUser;

/** Applies what the rows say anew; a number of statements that does not depend on how many rows there are. */
@ApplicationScoped
class RowApplying {
    private final RowReading reading;
    private final EnterpriseImport enterprises;
    private final UserImport users;
    private final SettingsImport settings;

    RowApplying(RowReading reading, EnterpriseImport enterprises, UserImport users, SettingsImport settings) {
        this.reading = reading;
        this.enterprises = enterprises;
        this.users = users;
        this.settings = settings;
    }

    /** A row that says something new; {@code before} is what it said last, null at the first time. */
    private record ChangedRow<R>(R row, R before) {}

    /** @return how many rows changed anything */
    Uni<Integer> apply(SqlConnection connection, String ksbId, String currency, List<BackOfficeRow> rows) {
        return newly(connection, ksbId, rows, BackOfficeRow.OfEnterprise.class)
                .chain(some -> enterprises(connection, ksbId, some))
                .chain(count -> newly(connection, ksbId, rows, BackOfficeRow.OfUser.class)
                        .chain(some -> users(connection, ksbId, currency, some))
                        .map(more -> count + more))
                .chain(count -> newly(connection, ksbId, rows, BackOfficeRow.OfDevice.class)
                        .chain(some -> devices(connection, ksbId, some))
                        .map(more -> count + more));
    }

    private <R extends BackOfficeRow> Uni<List<ChangedRow<R>>> newly(
            SqlConnection connection, String ksbId, List<BackOfficeRow> rows, Class<R> type) {
        Map<String, R> ofType = new LinkedHashMap<>();
        JsonObject contents = new JsonObject();
        rows.stream().filter(type::isInstance).map(type::cast).forEach(row -> {
            ofType.put(row.key(), row);
            contents.put(row.key(), reading.content(row));
        });
        return BackOfficeSnapshot.remember(connection, ksbId, type.getSimpleName(), contents)
                .map(before -> before.entrySet().stream()
                        .map(said ->
                                new ChangedRow<>(ofType.get(said.getKey()), reading.remembered(said.getValue(), type)))
                        .toList());
    }

    private Uni<Integer> enterprises(
            SqlConnection connection, String ksbId, List<ChangedRow<BackOfficeRow.OfEnterprise>> some) {
        if (some.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        ChangedRow<BackOfficeRow.OfEnterprise> one = some.getFirst();
        EnterprisePatch before =
                one.before() == null ? EnterprisePatch.NOTHING : one.before().enterprise();
        return enterprises
                .apply(connection, ksbId, one.row().enterprise().changedSince(before))
                .map(changed -> changed ? 1 : 0);
    }

    private Uni<Integer> users(
            SqlConnection connection, String ksbId, String currency, List<ChangedRow<BackOfficeRow.OfUser>> some) {
        if (some.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        Map<String, ChangedRow<BackOfficeRow.OfUser>> byKey = new LinkedHashMap<>();
        some.forEach(one -> byKey.put(one.row().key(), one));
        return users.store(
                        connection,
                        ksbId,
                        some.stream().map(RowApplying::imported).toList())
                .chain(stored -> settings.users(
                                connection,
                                ksbId,
                                currency,
                                stored.users().stream()
                                        .map(user -> given(user, byKey.get(user.key())))
                                        .toList())
                        .map(written -> together(stored.changed(), written)));
    }

    private static ImportedUser imported(ChangedRow<BackOfficeRow.OfUser> one) {
        BackOfficeRow.OfUser now = one.row();
        BackOfficeRow.OfUser before = one.before();
        return new ImportedUser(
                now.id(),
                now.name(),
                now.role(),
                before != null && !before.name().equals(now.name()),
                before != null && before.role() != now.role());
    }

    private static OfUser given(StoredUser user, ChangedRow<BackOfficeRow.OfUser> one) {
        UserSettingsPatch before =
                one.before() == null ? UserSettingsPatch.NONE : one.before().settings();
        return new OfUser(
                user.id(),
                user.userId(),
                user.login(),
                user.role(),
                one.row().settings().changedSince(before));
    }

    private Uni<Integer> devices(
            SqlConnection connection, String ksbId, List<ChangedRow<BackOfficeRow.OfDevice>> some) {
        BiFunction<BackOfficeRow.OfDevice, BackOfficeRow.OfDevice, DeviceSettingsPatch> since = (now, before) ->
                now.settings().changedSince(before == null ? DeviceSettingsPatch.NONE : before.settings());
        return settings.devices(
                connection,
                ksbId,
                some.stream()
                        .map(one -> new OfDevice(one.row().id(), since.apply(one.row(), one.before())))
                        .toList());
    }

    private static int together(Set<java.util.UUID> some, Set<java.util.UUID> others) {
        Set<java.util.UUID> all = new HashSet<>(some);
        all.addAll(others);
        return all.size();
    }
}
