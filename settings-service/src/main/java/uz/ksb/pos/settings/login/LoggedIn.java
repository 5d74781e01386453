package uz.ksb.pos.settings.login;

import java.util.UUID;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.preferences.UserSettings;
import uz.ksb.pos.settings.user.User;

/**
 * The answer to a login and to each renewal.
 *
 * @param expiresIn of the access token, in seconds
 * @param settingsVersion as the ETag of the settings
 */
record LoggedIn(
        String accessToken,
        long expiresIn,
        String refreshToken,
        LoggedInUser user,
        UserSettings settings,
        long settingsVersion) {
    /** Who is logged in. */
    record LoggedInUser(UUID id, String login, String displayName, Role role) {
        static LoggedInUser of(User user) {
            return new LoggedInUser(user.id(), user.login(), user.displayName(), user.role());
        }
    }
}
