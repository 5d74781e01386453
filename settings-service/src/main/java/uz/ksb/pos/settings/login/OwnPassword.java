package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.backoffice.BackOffice;
import uz.ksb.pos.settings.backoffice.BackOfficeFailure;
import uz.ksb.pos.settings.event.Changes;
import uz.ksb.pos.settings.password.Passwords;
import uz.ksb.pos.settings.user.User;
import uz.ksb.pos.settings.user.UserRepository;

/**
 * Users change their own password: logins elsewhere end, the one on this till goes on. The back office is told first, while
 * the old password is at hand: when it cannot be told, nothing is done.
 */
@ApplicationScoped
class OwnPassword {
    private static final Logger LOG = Logger.getLogger(OwnPassword.class);
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(1);

    private final UserRepository users;
    private final Passwords passwords;
    private final Attempts attempts;
    private final Sessions sessions;
    private final Changes changes;
    private final BackOffice backOffice;

    OwnPassword(
            UserRepository users,
            Passwords passwords,
            Attempts attempts,
            Sessions sessions,
            Changes changes,
            BackOffice backOffice) {
        this.users = users;
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
        this.changes = changes;
        this.backOffice = backOffice;
    }

    Uni<Void> change(Caller caller, PasswordChange change, Optional<String> address) {
        Attempts.Scope scope = new Attempts.Scope(
                "login " + caller.ksbId() + " " + User.key(caller.login()) + " " + caller.deviceId(), address);
        return attempts.begin(scope)
                .chain(() -> users.get(caller.ksbId(), caller.login()))
                .chain(user -> isDone(user, change))
                .call(() -> attempts.succeed(scope))
                .chain(done -> done ? Uni.createFrom().voidItem() : apply(caller, change));
    }

    /** A repeated request, whose first answer was lost, finds its new password there already. */
    private Uni<Boolean> isDone(User user, PasswordChange change) {
        return passwords
                .verify(change.oldPassword(), user.passwordHash())
                .chain(old -> old
                        ? Uni.createFrom().item(false)
                        : passwords
                                .verify(change.newPassword(), user.passwordHash())
                                .invoke(OwnPassword::mustBeRight));
    }

    private static void mustBeRight(boolean right) {
        if (!right) {
            throw Problem.rule("wrong-password", "oldPassword", "is not your password");
        }
    }

    private Uni<Void> apply(Caller caller, PasswordChange change) {
        return tell(caller, change)
                .chain(() -> passwords.hash(change.newPassword()))
                .chain(hash -> store(caller, hash));
    }

    /** What the back office does not take is its own affair: it knows this user with another password, or not at all. */
    private Uni<Void> tell(Caller caller, PasswordChange change) {
        if (!backOffice.isKnown(caller.ksbId())) {
            return Uni.createFrom().voidItem();
        }
        return backOffice
                .changePassword(
                        caller.ksbId(), caller.deviceId(), caller.login(), change.oldPassword(), change.newPassword())
                .invoke(taken -> {
                    if (!taken) {
                        LOG.infof("The back office of %s keeps its own password of %s", caller.ksbId(), caller.login());
                    }
                })
                .onFailure(BackOfficeFailure.class)
                .transform(failure -> Problem.unavailable(failure.getMessage() + ".", AGAIN_AFTER))
                .replaceWithVoid();
    }

    private Uni<Void> store(Caller caller, String hash) {
        return changes.inTransaction(
                        () -> users.lock(caller.ksbId(), caller.login()).invoke(user -> user.setPassword(hash)))
                .chain(user -> sessions.keepAfterPasswordChange(user, caller.deviceId()));
    }
}
