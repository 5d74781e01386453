package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.password.Passwords;
import uz.ksb.pos.settings.throttle.LoginThrottle;
import uz.ksb.pos.settings.user.User;
import uz.ksb.pos.settings.user.UserRepository;

/** Users who are logged in prove by their password that they are not somebody who found the till open. */
@ApplicationScoped
public class PasswordProof {
    private final UserRepository users;
    private final Passwords passwords;
    private final LoginThrottle throttle;

    PasswordProof(UserRepository users, Passwords passwords, LoginThrottle throttle) {
        this.users = users;
        this.passwords = passwords;
        this.throttle = throttle;
    }

    /**
     * Fails with 422 when the password is wrong, with 429 after too many wrong ones; counted together with logins.
     *
     * @param field of the request, which has the password
     * @param address empty: its tries are not counted, only those of the login on the device
     */
    public Uni<Void> require(Caller caller, String password, String field, Optional<String> address) {
        LoginThrottle.Scope scope = new LoginThrottle.Scope(
                "login " + caller.ksbId() + " " + User.key(caller.login()) + " " + caller.deviceId(), address);
        return throttle.begin(scope)
                .chain(() -> users.get(caller.ksbId(), caller.login()))
                .chain(user -> passwords.verify(caller.ksbId(), password, user.passwordHash()))
                .invoke(right -> mustBe(right, field))
                .chain(() -> throttle.succeed(scope));
    }

    private static void mustBe(boolean right, String field) {
        if (!right) {
            throw Problem.rule("wrong-password", field, "is not your password");
        }
    }
}
