package uz.ksb.pos.settings.pin;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.device.DeviceTokens;
import uz.ksb.pos.settings.login.LoginCompletion;
import uz.ksb.pos.settings.login.LoginResponse;
import uz.ksb.pos.settings.session.Sessions;
import uz.ksb.pos.settings.user.User;

/**
 * Cashiers take turns at a till by PIN. It opens only a till where the user is logged in by password already, and no
 * administrator's rights: a PIN is too short to guard these.
 */
@ApplicationScoped
class PinLogin {
    /** As long as a till without internet knows a password. */
    private static final Duration KNOWN_FOR = Duration.ofDays(14);

    private final DeviceTokens devices;
    private final PinCheck pins;
    private final Sessions sessions;
    private final LoginCompletion completion;

    PinLogin(DeviceTokens devices, PinCheck pins, Sessions sessions, LoginCompletion completion) {
        this.devices = devices;
        this.pins = pins;
        this.sessions = sessions;
        this.completion = completion;
    }

    /** Fails as {@link PinCheck#user} does, and with 403 when the password is needed. */
    Uni<LoginResponse> login(PinCredentials given, String deviceToken) {
        return devices.holder(given.ksbId(), given.deviceId(), deviceToken)
                .invoke(Device::mustBeApproved)
                .chain(device -> pins.user(
                                given.ksbId(),
                                given.login(),
                                given.pin(),
                                given.deviceId().toString())
                        .call(user -> mustBeKnownHere(user, device))
                        .chain(user -> completion.begin(user, device)));
    }

    private Uni<Void> mustBeKnownHere(User user, Device device) {
        if (user.role() == Role.ADMIN) {
            throw passwordNeeded();
        }
        return sessions.wasUsed(user, device, KNOWN_FOR)
                .invoke(known -> {
                    if (!known) {
                        throw passwordNeeded();
                    }
                })
                .replaceWithVoid();
    }

    private static Problem passwordNeeded() {
        return Problem.forbidden("password-needed", "Log in with the password at this till.");
    }
}
