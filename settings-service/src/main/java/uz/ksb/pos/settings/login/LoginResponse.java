package uz.ksb.pos.settings.login;

import java.util.UUID;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.settings.UserSettings;
import uz.ksb.pos.settings.user.User;

/**
 * The answer to a login and to each renewal.
 *
 * @param expiresIn of the access token, in seconds
 * @param deviceToken takes the place of the one the till has, which stays good until its own end
 * @param settingsVersion as the ETag of the settings
 */
public record LoginResponse(
        String accessToken,
        long expiresIn,
        String refreshToken,
        String deviceToken,
        LoggedInUser user,
        UserSettings settings,
        long settingsVersion) {
    /** The user who is logged in. */
    public record LoggedInUser(UUID id, String login, String displayName, Role role) {
        static LoggedInUser of(User user) {
            return new LoggedInUser(user.userId(), user.login(), user.displayName(), user.role());
        }
    }
}
