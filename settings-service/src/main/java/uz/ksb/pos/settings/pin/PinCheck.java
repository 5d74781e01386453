package uz.ksb.pos.settings.pin;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.password.Passwords;
import uz.ksb.pos.settings.throttle.LoginThrottle;
import uz.ksb.pos.settings.user.User;
import uz.ksb.pos.settings.user.UserRepository;

/** Whether a PIN is a user's. */
@ApplicationScoped
class PinCheck {
    private final UserRepository users;
    private final Passwords passwords;
    private final LoginThrottle throttle;

    PinCheck(UserRepository users, Passwords passwords, LoginThrottle throttle) {
        this.users = users;
        this.passwords = passwords;
        this.throttle = throttle;
    }

    /**
     * The active user whose PIN this is. Fails with 422, the same for an unknown login, a wrong PIN and none; with 429 after
     * too many; with 403 when the user is disabled.
     *
     * @param deviceId of the till at which it was typed
     */
    Uni<User> user(String ksbId, String login, String pin, String deviceId) {
        LoginThrottle.PinScope scope =
                new LoginThrottle.PinScope(ksbId + " " + User.key(login), deviceId.toLowerCase(Locale.ROOT));
        return throttle.begin(scope)
                .chain(() -> users.find(ksbId, login))
                .chain(user -> passwords
                        .verify(ksbId, pin, user == null ? null : user.pinHash())
                        .invoke(PinCheck::mustBeRight)
                        .replaceWith(user))
                .call(() -> throttle.succeed(scope))
                .invoke(PinCheck::mustBeActive);
    }

    private static void mustBeRight(boolean right) {
        if (!right) {
            throw Problem.rule("wrong-pin", "pin", "is not the PIN of this user");
        }
    }

    private static void mustBeActive(User user) {
        if (!user.isActive()) {
            throw Problem.forbidden("user-disabled", "This user is disabled.");
        }
    }
}
