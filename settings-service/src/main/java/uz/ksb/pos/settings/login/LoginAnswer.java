package uz.ksb.pos.settings.login;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import uz.ksb.pos.settings.device.Device;
import uz.ksb.pos.settings.device.DeviceTokens;
import uz.ksb.pos.settings.enterprise.Enterprise;
import uz.ksb.pos.settings.enterprise.EnterpriseRepository;
import uz.ksb.pos.settings.preferences.Stored;
import uz.ksb.pos.settings.preferences.UserPreferences;
import uz.ksb.pos.settings.preferences.UserSettings;
import uz.ksb.pos.settings.user.User;

/** Puts together what a till gets when someone is logged in. */
@ApplicationScoped
class LoginAnswer {
    private final EnterpriseRepository enterprises;
    private final UserPreferences preferences;
    private final Sessions sessions;
    private final AccessTokens tokens;
    private final DeviceTokens deviceTokens;

    LoginAnswer(
            EnterpriseRepository enterprises,
            UserPreferences preferences,
            Sessions sessions,
            AccessTokens tokens,
            DeviceTokens deviceTokens) {
        this.enterprises = enterprises;
        this.preferences = preferences;
        this.sessions = sessions;
        this.tokens = tokens;
        this.deviceTokens = deviceTokens;
    }

    /** With a new session. */
    Uni<LoggedIn> begin(User user, Device device) {
        return sessions.begin(user, device).chain(token -> of(user, device, token));
    }

    Uni<LoggedIn> of(User user, Device device, RefreshToken token) {
        return enterprises.get(user.ksbId()).chain(enterprise -> preferences
                .of(user, enterprise.currency())
                .map(settings -> answer(user, device, enterprise, settings, token)));
    }

    private LoggedIn answer(
            User user, Device device, Enterprise enterprise, Stored<UserSettings> settings, RefreshToken token) {
        return new LoggedIn(
                tokens.ofUser(user, device, enterprise, settings.content()),
                tokens.life().toSeconds(),
                token.text(),
                deviceTokens.issue(device, enterprise),
                LoggedIn.LoggedInUser.of(user),
                settings.content(),
                settings.version());
    }
}
