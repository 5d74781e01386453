package uz.ksb.pos.sales.house;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A till as settings-service told of it, and its enterprise's day and currency.
 *
 * @param status null: nothing was told of the till
 * @param code the till's short number; null: not told
 * @param zone null, as {@code dayStart} and {@code currency}: nothing was told of the enterprise
 */
public record Till(Status status, String code, ZoneId zone, LocalTime dayStart, String currency) {
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", Pattern.CASE_INSENSITIVE);

    /** The rights that the enterprise gives a till. */
    public enum Status {
        PENDING,
        APPROVED,
        BLOCKED
    }

    /** The one form of a device id: UUIDs are equal in any case. Null passes. */
    public static String id(String given) {
        return given != null && UUID.matcher(given).matches() ? given.toLowerCase(Locale.ROOT) : given;
    }
}
