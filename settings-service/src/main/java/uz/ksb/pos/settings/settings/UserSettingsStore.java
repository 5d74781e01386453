package uz.ksb.pos.settings.settings;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.user.User;

/** The settings of users. */
@ApplicationScoped
public class UserSettingsStore {
    private final SettingsTable<UserSettings> table;

    UserSettingsStore(Pool pool, Outbox outbox, ObjectMapper json) {
        table = table(pool, outbox, json);
    }

    static SettingsTable<UserSettings> table(Pool pool, Outbox outbox, ObjectMapper json) {
        return new SettingsTable<>("user_settings", UserSettings.class, pool, outbox, json);
    }

    /** @param currency of users to whom nothing else was given */
    public Uni<Versioned<UserSettings>> of(User user, String currency) {
        return table.read(user.id(), UserSettings.of(user.role(), currency));
    }

    /** An ADMIN replaces all of a user's settings. */
    Uni<SettingsWriting.WriteResult<UserSettings>> replace(
            User user, String currency, UserSettings content, Optional<Set<Long>> expected) {
        content.mustBeConsistent();
        return writing(user, currency).replace(content, expected);
    }

    /** Users change their own language and theme; any other difference is refused with 403. */
    Uni<SettingsWriting.WriteResult<UserSettings>> replaceOwn(
            User user, String currency, UserSettings content, Optional<Set<Long>> expected) {
        return writing(user, currency).derive(present -> ownChange(present, content), expected);
    }

    private static UserSettings ownChange(UserSettings present, UserSettings asked) {
        if (!present.withOwnOf(asked).equals(asked)) {
            throw Problem.forbidden("not-own-setting", "You may change your language and theme only.");
        }
        return asked;
    }

    private SettingsWriting<UserSettings> writing(User user, String currency) {
        Owner owner = new Owner.OfUser(user.id(), user.ksbId(), user.userId(), user.login());
        return new SettingsWriting<>(table, owner, UserSettings.of(user.role(), currency));
    }
}
