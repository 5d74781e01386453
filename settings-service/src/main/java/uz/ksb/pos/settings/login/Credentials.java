package uz.ksb.pos.settings.login;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.UUID;
import uz.ksb.pos.platform.text.StoredText;
import uz.ksb.pos.settings.enterprise.KsbId;

/** A person's login, password and till. */
record Credentials(
        @KsbId String ksbId,
        @NotNull UUID deviceId,
        @NotNull @StoredText(max = 100) String login,
        @NotNull @Size(min = 1, max = 200) String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return login + "@" + ksbId;
    }
}
