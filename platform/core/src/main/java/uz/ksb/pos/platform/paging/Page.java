package uz.ksb.pos.platform.paging;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import uz.ksb.pos.platform.problem.Problem;

/**
 * A part of a list.
 *
 * @param next what to send as {@code after} for the part that follows; null at the end
 */
public record Page<T>(List<T> items, String next) {
    /** Items, where nothing else is asked for. */
    public static final String DEFAULT_LIMIT = "50";

    public static final long MAX_LIMIT = 1_000;
    private static final String SEPARATOR = "\u0000";

    /**
     * @param found up to {@code limit + 1} items: one more than asked for tells that there are more
     * @param key what the list is sorted by
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, List<String>> key) {
        return of(found, limit, false, key);
    }

    /** @param more whether there are more also when {@code found} has no more than {@code limit} */
    public static <T> Page<T> of(List<T> found, int limit, boolean more, Function<T, List<String>> key) {
        if (found.isEmpty() || !(more || found.size() > limit)) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, Math.min(limit, found.size()));
        return new Page<>(items, cursor(key.apply(items.getLast())));
    }

    /** The form of a sort key that clients send back. */
    public static String cursor(List<String> key) {
        byte[] text = String.join(SEPARATOR, key).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    public <R> Page<R> map(Function<T, R> form) {
        return new Page<>(items.stream().map(form).toList(), next);
    }

    /**
     * The sort key in a cursor of ours.
     *
     * @param after null: from the beginning
     * @return null for null
     * @throws Problem 400 naming {@code after} when it is no cursor of {@code parts} parts
     */
    public static List<String> key(String after, int parts) {
        if (after == null) {
            return null;
        }
        try {
            List<String> key = List.of(
                    new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8).split(SEPARATOR, -1));
            if (key.size() == parts) {
                return key;
            }
        } catch (IllegalArgumentException notOurs) {
            // Told below.
        }
        throw notOfThisList();
    }

    /** A time in a cursor's key. */
    public static OffsetDateTime time(String part) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(part);
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Told below.
        }
        throw notOfThisList();
    }

    /** An id in a cursor's key. */
    public static UUID id(String part) {
        try {
            return UUID.fromString(part);
        } catch (IllegalArgumentException e) {
            throw notOfThisList();
        }
    }

    /** A number in a cursor's key, from 0 on and below {@code bound}. */
    public static int number(String part, int bound) {
        try {
            int number = Integer.parseInt(part);
            if (number >= 0 && number < bound) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw notOfThisList();
    }

    private static Problem notOfThisList() {
        return Problem.invalid("after", "is not a cursor of this list");
    }
}
