package uz.ksb.pos.settings.pin;

import jakarta.validation.constraints.NotNull;
import java.util.UUID;
import uz.ksb.pos.platform.text.StoredText;
import uz.ksb.pos.settings.enterprise.KsbId;

/** The person who takes over a till. */
record PinCredentials(
        @KsbId String ksbId,
        @NotNull UUID deviceId,
        @NotNull @StoredText(max = 100) String login,
        @Pin String pin) {
    /** Without the PIN. */
    @Override
    public String toString() {
        return login + "@" + ksbId;
    }
}
