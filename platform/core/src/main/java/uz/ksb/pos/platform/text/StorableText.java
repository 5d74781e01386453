package uz.ksb.pos.platform.text;

import java.text.Normalizer;
import java.util.regex.Pattern;
import uz.ksb.pos.platform.problem.Problem;

/**
 * Text as it is stored: composed (NFC), with at least one visible character, without control characters and without spaces at
 * its ends. In a one-line text a tab and a line break become a space.
 */
public final class StorableText {
    private static final int REPLACEMENT = 0xFFFD;
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\n\r\u0085\u2028\u2029]");

    private StorableText() {}

    /**
     * A one-line text that must be there.
     *
     * @param max UTF-16 units
     * @throws Problem 400 naming {@code field}
     */
    public static String required(String given, int max, String field) {
        if (given == null) {
            throw Problem.invalid(field, "is missing");
        }
        return checked(given, max, field, " ");
    }

    /** As {@link #required}; null and a text of nothing but spaces count as left out: the answer is null. */
    public static String optional(String given, int max, String field) {
        return given == null || given.isBlank() ? null : checked(given, max, field, " ");
    }

    /** As {@link #optional}, of several lines: their breaks stay, as {@code \n}. */
    public static String lines(String given, int max, String field) {
        return given == null || given.isBlank() ? null : checked(given, max, field, "\n");
    }

    private static String checked(String given, int max, String field, String lineBreak) {
        String fault = fault(given, max);
        if (fault != null) {
            throw Problem.invalid(field, fault);
        }
        return stored(given, lineBreak);
    }

    /**
     * The reason why a text cannot be stored, for those who reject a row instead of a request.
     *
     * @return null when it can
     */
    public static String fault(String given, int max) {
        if (isPlain(given)) {
            return given.length() > max ? "is too long" : null;
        }
        // Composing costs the square of a run of combining marks, so the length is looked at first.
        if (given.length() > 2 * max) {
            return "is too long";
        }
        if (!isWhole(given)) {
            return "has a character that cannot be stored";
        }
        String stored = stored(given, "\n");
        if (stored.codePoints().anyMatch(character -> character != '\n' && Character.isISOControl(character))) {
            return "has a control character";
        }
        if (stored.codePoints().noneMatch(Invisible::isVisible)) {
            return "has no visible character";
        }
        return stored.length() > max ? "is too long" : null;
    }

    /** The stored form of a one-line text that has no {@link #fault}. */
    public static String stored(String given) {
        return stored(given, " ");
    }

    private static String stored(String given, String lineBreak) {
        if (isPlain(given)) {
            return given;
        }
        String text = LINE_BREAK.matcher(given).replaceAll(lineBreak).replace('\t', ' ');
        return Normalizer.normalize(text, Normalizer.Form.NFC).strip();
    }

    /** Whether it is Latin letters, digits and signs, and spaces between them: then it is its own stored form. Most texts are. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return !text.isEmpty() && text.charAt(0) != ' ' && text.charAt(text.length() - 1) != ' ';
    }

    /** A text of others, for a message that quotes it: what cannot be stored is shown as the replacement character. Null for null. */
    public static String quoted(String text) {
        if (text == null || isWhole(text)) {
            return text;
        }
        StringBuilder quoted = new StringBuilder(text.length());
        text.codePoints()
                .map(one -> one == 0 || one >= Character.MIN_SURROGATE && one <= Character.MAX_SURROGATE
                        ? REPLACEMENT
                        : one)
                .forEach(quoted::appendCodePoint);
        return quoted.toString();
    }

    /** Whether a text has neither a NUL, which PostgreSQL does not keep, nor half a surrogate pair. */
    public static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }
}
