package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.device.DeviceTokens;
import uz.ksb.pos.settings.enterprise.Enterprise;
import uz.ksb.pos.settings.enterprise.EnterpriseRepository;
import uz.ksb.pos.settings.session.RefreshToken;
import uz.ksb.pos.settings.session.Sessions;
import uz.ksb.pos.settings.settings.UserSettings;
import uz.ksb.pos.settings.settings.UserSettingsStore;
import uz.ksb.pos.settings.settings.Versioned;
import uz.ksb.pos.settings.user.User;

/** Puts together what a till gets when someone is logged in. */
@ApplicationScoped
public class LoginCompletion {
    private final EnterpriseRepository enterprises;
    private final UserSettingsStore settings;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final DeviceTokens deviceTokens;

    LoginCompletion(
            EnterpriseRepository enterprises,
            UserSettingsStore settings,
            Sessions sessions,
            AccessTokens tokens,
            DeviceTokens deviceTokens) {
        this.enterprises = enterprises;
        this.settings = settings;
        this.sessions = sessions;
        this.tokens = tokens;
        this.deviceTokens = deviceTokens;
    }

    /** Answers a login with a new session. */
    public Uni<LoginResponse> begin(User user, Device device) {
        return sessions.begin(user, device).chain(token -> of(user, device, token));
    }

    Uni<LoginResponse> of(User user, Device device, RefreshToken token) {
        return enterprises.get(user.ksbId()).chain(enterprise -> settings.of(user, enterprise.currency())
                .map(settings -> answer(user, device, enterprise, settings, token)));
    }

    private LoginResponse answer(
            User user, Device device, Enterprise enterprise, Versioned<UserSettings> settings, RefreshToken token) {
        return new LoginResponse(
                tokens.ofUser(user, device, enterprise, settings.content()),
                tokens.life().toSeconds(),
                token.text(),
                deviceTokens.issue(device, enterprise),
                LoginResponse.LoggedInUser.of(user),
                settings.content(),
                settings.version());
    }
}
