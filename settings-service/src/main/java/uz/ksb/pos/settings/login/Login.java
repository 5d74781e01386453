package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.device.DeviceTokens;
import uz.ksb.pos.settings.device.FirstDevice;
import uz.ksb.pos.settings.throttle.LoginThrottle;
import uz.ksb.pos.settings.user.User;

/** A person logs in on a till. */
@ApplicationScoped
class Login {
    private final DeviceTokens devices;
    private final FirstDevice firstDevice;
    private final PasswordCheck passwords;
    private final LoginThrottle throttle;
    private final LoginCompletion answer;

    Login(
            DeviceTokens devices,
            FirstDevice firstDevice,
            PasswordCheck passwords,
            LoginThrottle throttle,
            LoginCompletion answer) {
        this.devices = devices;
        this.firstDevice = firstDevice;
        this.passwords = passwords;
        this.throttle = throttle;
        this.answer = answer;
    }

    /** @param address empty: its tries are not counted, only those of the login on the device */
    Uni<LoginResponse> login(Credentials credentials, String deviceToken, Optional<String> address) {
        return devices.holder(credentials.ksbId(), credentials.deviceId(), deviceToken)
                .invoke(Device::mustNotBeBlocked)
                .chain(device -> user(credentials, address)
                        .call(user -> admit(device, user))
                        .chain(user -> answer.begin(user, device)));
    }

    private Uni<User> user(Credentials credentials, Optional<String> address) {
        LoginThrottle.Scope scope = scope(credentials, address);
        return throttle.begin(scope)
                .chain(() -> passwords.user(credentials))
                .call(() -> throttle.succeed(scope))
                .invoke(Login::mustBeActive);
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

    static LoginThrottle.Scope scope(Credentials credentials, Optional<String> address) {
        return new LoginThrottle.Scope(
                "login " + credentials.ksbId() + " " + User.key(credentials.login()) + " " + credentials.deviceId(),
                address);
    }
}
