package uz.ksb.pos.platform.text;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How values are written in bodies, paths and parameters. All digits are ASCII digits.
 *
 * <p>Each method throws {@link IllegalArgumentException}, whose message says what the value must be, when the text has another
 * form. The cost is bounded whatever the text.
 */
public final class Grammar {
    /** 2^53 - 1, the largest integer that JavaScript holds exactly. */
    public static final long MAX_INTEGER = 9_007_199_254_740_991L;

    private static final int MAX_DECIMAL_LENGTH = 40;
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,16}");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern TIME = Pattern.compile(
            "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");
    private static final Pattern IDENTIFIER =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Grammar() {}

    /** {@code -?[0-9]+(\.[0-9]+)?}, at most {@value #MAX_DECIMAL_LENGTH} characters. */
    public static BigDecimal decimal(String text) {
        if (text.length() > MAX_DECIMAL_LENGTH || !DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a decimal such as \"12500.00\"");
        }
        return new BigDecimal(text);
    }

    /** A whole number from {@code min} to {@code max}. */
    public static long integer(String text, long min, long max) {
        if (!INTEGER.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a whole number");
        }
        long number = Long.parseLong(text);
        if (number < min || number > max) {
            throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
        }
        return number;
    }

    /** RFC 3339 with seconds and offset. */
    public static OffsetDateTime time(String text) {
        String form = text.length() > MAX_DECIMAL_LENGTH ? text : text.toUpperCase(Locale.ROOT);
        if (!TIME.matcher(form).matches()) {
            throw new IllegalArgumentException("must be a time such as 2026-02-28T09:30:00+05:00");
        }
        try {
            return OffsetDateTime.parse(form);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is a time that does not exist", e);
        }
    }

    /** {@code YYYY-MM-DD}, from the year 1 on. */
    public static LocalDate date(String text) {
        if (!DATE.matcher(text).matches() || text.startsWith("0000")) {
            throw new IllegalArgumentException("must be a date such as 2026-02-28");
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is a date that does not exist", e);
        }
    }

    /** 8-4-4-4-12 hexadecimal digits in any case. */
    public static UUID uuid(String text) {
        if (!IDENTIFIER.matcher(text).matches()) {
            throw new IllegalArgumentException("must be a UUID");
        }
        return UUID.fromString(text);
    }
}
