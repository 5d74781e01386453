package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.device.DeviceTokens;
import uz.ksb.pos.settings.session.RefreshToken;
import uz.ksb.pos.settings.session.Session;
import uz.ksb.pos.settings.session.Sessions;
import uz.ksb.pos.settings.user.User;
import uz.ksb.pos.settings.user.UserRepository;

/** A till renews its access token without the person: as long as till, user and password are still what they were. */
@ApplicationScoped
class SessionRenewal {
    private final DeviceTokens devices;
    private final UserRepository users;
    private final Sessions sessions;
    private final LoginCompletion answer;

    SessionRenewal(DeviceTokens devices, UserRepository users, Sessions sessions, LoginCompletion answer) {
        this.devices = devices;
        this.users = users;
        this.sessions = sessions;
        this.answer = answer;
    }

    /** The device is asked first: a blocked one does not even use its refresh token up. */
    Uni<LoginResponse> renew(RefreshToken token, String deviceToken) {
        return devices.holder(deviceToken).invoke(Device::mustBeApproved).chain(device -> sessions.renew(token)
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
