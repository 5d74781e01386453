package uz.ksb.pos.sales.paging;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
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
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1_000;
    private static final String SEPARATOR = "\u0000";

    /**
     * @param found up to {@code limit + 1} items: one more than asked for tells that there are more
     * @param key what the list is sorted by
     */
    public static <T> Page<T> of(List<T> found, int limit, Function<T, List<String>> key) {
        return of(found, limit, false, key);
    }

    /** @param mayBeMore also when there are not more than {@code limit} */
    public static <T> Page<T> of(List<T> found, int limit, boolean mayBeMore, Function<T, List<String>> key) {
        if (found.size() <= limit && !(mayBeMore && !found.isEmpty())) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, Math.min(limit, found.size()));
        String last = String.join(SEPARATOR, key.apply(items.getLast()));
        return new Page<>(
                items, Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(StandardCharsets.UTF_8)));
    }

    public <R> Page<R> map(Function<T, R> form) {
        return new Page<>(items.stream().map(form).toList(), next);
    }

    /** @throws Problem 400 unless it is 1 to 1000; absent: 50 */
    public static int limit(Integer asked) {
        int limit = asked == null ? DEFAULT_LIMIT : asked;
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Problem.invalid("limit", "is 1 to " + MAX_LIMIT);
        }
        return limit;
    }

    /** The sort key in a cursor of ours; null for none. */
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

    /**
     * A day that is asked for.
     *
     * @param day null passes
     * @throws Problem 400 naming {@code field} when it is of no year that lists know
     */
    public static LocalDate day(LocalDate day, String field) {
        if (day != null && (day.getYear() < 1 || day.getYear() > 9999)) {
            throw Problem.invalid(field, "is not a date of this calendar");
        }
        return day;
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

    private static Problem notOfThisList() {
        return Problem.invalid("after", "is not a cursor of this list");
    }
}
