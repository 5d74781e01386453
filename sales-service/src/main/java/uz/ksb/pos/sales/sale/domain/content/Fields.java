package uz.ksb.pos.sales.sale.domain.content;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.text.StorableText;

/** The forms that fields of a sale must have; all throw {@link Problem} 400 naming the field. */
public final class Fields {
    static final int MAX_TEXT = 1_000;
    private static final int MAX_SHORT_TEXT = 100;
    private static final int MAX_MARKS = 100;
    private static final int MAX_MARK = 300;
    /** A decimal with more digits is refused before anything is computed with it. */
    private static final int MAX_DIGITS = 24;

    private static final int MAX_SUM_DIGITS = 13;
    private static final UUID NO_CUSTOMER = new UUID(0, 0);
    /** The largest integer that JavaScript can hold. */
    private static final long MAX_INTEGER = (1L << 53) - 1;

    private Fields() {}

    /** A till's number of a finished sale, from 1; null passes. */
    public static void requireSequence(Long given) {
        require(given == null || given >= 1 && given <= MAX_INTEGER, "deviceSequence", "must be at least 1");
    }

    static BigDecimal rounding(BigDecimal given) {
        BigDecimal rounding = plain(given, 2, "rounding").setScale(2, RoundingMode.HALF_UP);
        require(wholeDigits(rounding) <= MAX_SUM_DIGITS, "rounding", "is too large");
        return rounding;
    }

    /** @throws Problem 400 when it has too many digits; null passes */
    public static BigDecimal rate(BigDecimal given, String field) {
        BigDecimal rate = plain(given, 0, field);
        require(rate == null || wholeDigits(rate) <= 9 && rate.scale() <= 6, field, "has too many digits");
        return rate;
    }

    /** One form for equal decimals: no trailing zeros beyond {@code scale}. */
    public static BigDecimal plain(BigDecimal value, int scale, String field) {
        if (value == null) {
            return null;
        }
        require(
                value.precision() <= MAX_DIGITS && Math.abs((long) value.scale()) <= MAX_DIGITS,
                field,
                "has too many digits");
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < scale ? stripped.setScale(scale, RoundingMode.UNNECESSARY) : stripped;
    }

    public static UUID customer(UUID given) {
        return NO_CUSTOMER.equals(given) ? null : given;
    }

    public static String currency(String given, String field) {
        require(given != null && given.matches("[A-Z]{3}"), field, "is not a currency code");
        return given;
    }

    public static void require(boolean fulfilled, String field, String message) {
        if (!fulfilled) {
            throw Problem.invalid(field, message);
        }
    }

    /** @throws Problem 400, see {@link StorableText} */
    public static String text(String given, int longest, String field) {
        return StorableText.optional(given, longest, field);
    }

    public static String remark(String given) {
        return text(given, MAX_TEXT, "comment");
    }

    public static String shortText(String given, String field) {
        return text(given, MAX_SHORT_TEXT, field);
    }

    /** @throws Problem 400; separators and other control characters belong to a mark, NUL does not */
    static List<String> marks(List<String> given, String field) {
        requireMarks(given, field);
        return given == null || given.isEmpty() ? null : List.copyOf(given);
    }

    static void requireMarks(List<String> given, String field) {
        if (given == null) {
            return;
        }
        require(given.size() <= MAX_MARKS, field, "are too many");
        for (String mark : given) {
            require(
                    mark != null && !mark.isEmpty() && mark.length() <= MAX_MARK && StorableText.isWhole(mark),
                    field,
                    "has one that is empty, too long or cannot be stored");
        }
    }

    static int wholeDigits(BigDecimal value) {
        return value.precision() - value.scale();
    }
}
