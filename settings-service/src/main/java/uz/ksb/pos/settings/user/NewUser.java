package uz.ksb.pos.settings.user;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.text.StoredText;

/**
 * A user to add.
 *
 * @param id makes the request repeatable; absent: the server makes one
 * @param password absent: cannot log in until an ADMIN sets one
 */
record NewUser(
        UUID id,
        @NotNull @StoredText(max = 100) String login,
        @NotNull @StoredText(max = 200) String displayName,
        @NotNull @HumanRole Role role,
        @Size(min = 6, max = 200) String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return login;
    }
}
