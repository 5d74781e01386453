package uz.ksb.pos.settings.key;

import java.util.Locale;
import uz.ksb.pos.platform.caller.Claims;

/** The kind of token that a key signs. */
public enum Purpose {
    /** The short-lived token of a user or client. */
    ACCESS(Claims.AUDIENCE),
    /** The token of a device: 400 days. */
    DEVICE(Claims.DEVICE_AUDIENCE);

    private final String audience;

    Purpose(String audience) {
        this.audience = audience;
    }

    String audience() {
        return audience;
    }

    String prefix() {
        return name().toLowerCase(Locale.ROOT) + "-";
    }
}
