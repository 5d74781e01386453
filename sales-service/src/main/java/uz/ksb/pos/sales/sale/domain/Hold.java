package uz.ksb.pos.sales.sale.domain;

import java.util.Locale;

/** Why a finished sale is kept back until a manager decides. */
public enum Hold {
    /** A blocked till brought it: it counts nowhere. */
    BLOCKED_DEVICE,
    /** A return that breaks its receipt's rules: it counts, and is not delivered. */
    RETURN,
    /** A manager dismissed it: it counts nowhere, for ever. */
    DISMISSED;

    /** As stored and shown, for example {@code blocked-device}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @param text null passes */
    public static Hold of(String text) {
        return text == null ? null : valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
