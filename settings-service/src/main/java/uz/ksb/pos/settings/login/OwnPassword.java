package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.event.Changes;
import uz.ksb.pos.settings.password.Passwords;
import uz.ksb.pos.settings.user.User;
import uz.ksb.pos.settings.user.UserRepository;

/** Users change their own password: logins elsewhere end, the one on this till goes on. */
@ApplicationScoped
class OwnPassword {
    private final UserRepository users;
    private final Passwords passwords;
    private final Attempts attempts;
    private final Sessions sessions;
    private final Changes changes;

    OwnPassword(UserRepository users, Passwords passwords, Attempts attempts, Sessions sessions, Changes changes) {
        this.users = users;
        this.passwords = passwords;
        this.attempts = attempts;
        this.sessions = sessions;
        this.changes = changes;
    }

    Uni<Void> change(Caller caller, PasswordChange change, Optional<String> address) {
        Attempts.Scope scope = new Attempts.Scope(
                "login " + caller.ksbId() + " " + User.key(caller.login()) + " " + caller.deviceId(), address);
        return attempts.begin(scope)
                .chain(() -> users.get(caller.ksbId(), caller.login()))
                .call(user -> verify(user, change.oldPassword()))
                .call(() -> attempts.succeed(scope))
                .chain(() -> passwords.hash(change.newPassword()))
                .chain(hash -> store(caller, hash));
    }

    private Uni<Void> verify(User user, String password) {
        return passwords
                .verify(password, user.passwordHash())
                .invoke(right -> {
                    if (!right) {
                        throw Problem.rule("wrong-password", "oldPassword", "is not your password");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> store(Caller caller, String hash) {
        return changes.inTransaction(
                        () -> users.lock(caller.ksbId(), caller.login()).invoke(user -> user.setPassword(hash)))
                .chain(user -> sessions.keepAfterPasswordChange(user, UUID.fromString(caller.deviceId())));
    }
}
