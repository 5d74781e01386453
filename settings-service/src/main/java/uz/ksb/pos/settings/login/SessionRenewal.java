package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.device.DeviceTokens;
import uz.ksb.pos.settings.session.RefreshToken;
import uz.ksb.pos.settings.session.Session;
import uz.ksb.pos.settings.session.Sessions;
import uz.ksb.pos.settings.throttle.LoginThrottle;
import uz.ksb.pos.settings.user.User;
import uz.ksb.pos.settings.user.UserRepository;

/** A till renews its access token without the person: as long as till, user and password are still what they were. */
@ApplicationScoped
class SessionRenewal {
    private final DeviceTokens devices;
    private final UserRepository users;
    private final Sessions sessions;
    private final LoginThrottle throttle;
    private final LoginCompletion answer;

    SessionRenewal(
            DeviceTokens devices,
            UserRepository users,
            Sessions sessions,
            LoginThrottle throttle,
            LoginCompletion answer) {
        this.throttle = throttle;
        this.devices = devices;
        this.users = users;
        this.sessions = sessions;
        this.answer = answer;
    }

    /**
     * Renews the session. Fails with 401 when token or device token does not serve, with 429 after too many such from one
     * address.
     *
     * @param address empty: not limited
     */
    Uni<LoginResponse> renew(String token, String deviceToken, Optional<String> address) {
        return throttle.beginToken(address)
                .chain(() -> renew(token, deviceToken))
                .onFailure(SessionRenewal::isOfTheToken)
                .call(() -> throttle.countWrongToken(address));
    }

    /** Ends the session of this token; doing it twice is no error, but many tokens of no session count as wrong ones. */
    Uni<Void> end(String token, Optional<String> address) {
        return throttle.beginToken(address)
                .chain(() -> sessions.end(RefreshToken.parse(token)))
                .call(ended -> ended ? Uni.createFrom().voidItem() : throttle.countWrongToken(address))
                .onFailure(SessionRenewal::isOfTheToken)
                .call(() -> throttle.countWrongToken(address))
                .replaceWithVoid();
    }

    private static boolean isOfTheToken(Throwable failure) {
        return failure instanceof Problem problem && problem.status() == 401;
    }

    /** The device is asked first: a blocked one does not even use its refresh token up. */
    private Uni<LoginResponse> renew(String token, String deviceToken) {
        RefreshToken parsed = RefreshToken.parse(token);
        return devices.holder(deviceToken).invoke(Device::mustBeApproved).chain(device -> sessions.renew(parsed)
                .chain(continued -> answer(continued, device)));
    }

    private Uni<LoginResponse> answer(Sessions.Continued continued, Device device) {
        return users.byId(continued.session().userId())
                .call(user -> mustStillHold(continued.session(), user, device))
                .chain(user -> answer.of(user, device, continued.token()));
    }

    private Uni<Void> mustStillHold(Session session, User user, Device device) {
        boolean holds = session.deviceId().equals(device.id())
                && user.isActive()
                && session.userVersion() == user.sessionVersion()
                && session.deviceVersion() == device.sessionVersion();
        return holds
                ? Uni.createFrom().voidItem()
                : sessions.end(session.id()).onItem().failWith(RefreshToken::ended);
    }
}
