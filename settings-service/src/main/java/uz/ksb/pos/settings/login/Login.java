package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.device.DeviceTokens;
import uz.ksb.pos.settings.device.FirstDevice;
import uz.ksb.pos.settings.password.Passwords;
import uz.ksb.pos.settings.user.User;
import uz.ksb.pos.settings.user.UserRepository;

/** A person logs in on a till. */
@ApplicationScoped
class Login {
    private final DeviceTokens devices;
    private final FirstDevice firstDevice;
    private final UserRepository users;
    private final Passwords passwords;
    private final Attempts attempts;
    private final LoginAnswer answer;

    Login(
            DeviceTokens devices,
            FirstDevice firstDevice,
            UserRepository users,
            Passwords passwords,
            Attempts attempts,
            LoginAnswer answer) {
        this.devices = devices;
        this.firstDevice = firstDevice;
        this.users = users;
        this.passwords = passwords;
        this.attempts = attempts;
        this.answer = answer;
    }

    /** @param address empty: its tries are not counted, only those of the login on the device */
    Uni<LoggedIn> login(Credentials credentials, String deviceToken, Optional<String> address) {
        return devices.holder(credentials.ksbId(), credentials.deviceId(), deviceToken)
                .invoke(Device::mustNotBeBlocked)
                .chain(device -> user(credentials, address)
                        .call(user -> admit(device, user))
                        .chain(user -> answer.begin(user, device)));
    }

    private Uni<User> user(Credentials credentials, Optional<String> address) {
        Attempts.Scope scope = scope(credentials, address);
        return attempts.begin(scope)
                .chain(() -> users.find(credentials.ksbId(), credentials.login()))
                .call(user -> verify(user, credentials.password()))
                .call(() -> attempts.succeed(scope))
                .invoke(Login::mustBeActive);
    }

    private Uni<Void> verify(User user, String password) {
        return passwords
                .verify(password, user == null ? null : user.passwordHash())
                .invoke(right -> {
                    if (!right) {
                        throw Problem.unauthorized("wrong-credentials", "Login or password is wrong.");
                    }
                })
                .replaceWithVoid();
    }

    /** Only after the password was right: nobody else learns of it. */
    private static void mustBeActive(User user) {
        if (!user.isActive()) {
            throw Problem.forbidden("user-disabled", "This user is disabled.");
        }
    }

    private Uni<Void> admit(Device device, User user) {
        if (user.role() == Role.ADMIN) {
            return firstDevice.admit(device);
        }
        device.mustBeApproved();
        return Uni.createFrom().voidItem();
    }

    static Attempts.Scope scope(Credentials credentials, Optional<String> address) {
        return new Attempts.Scope(
                "login " + credentials.ksbId() + " " + User.key(credentials.login()) + " " + credentials.deviceId(),
                address);
    }
}
