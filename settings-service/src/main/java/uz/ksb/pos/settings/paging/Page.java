package uz.ksb.pos.settings.paging;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next what to pass as {@code after} for the next one; null on the last page
 */
public record Page<T>(List<T> items, String next) {
    /** Where nothing else is asked for. */
    public static final String DEFAULT_LIMIT = "50";

    public static final long MAX_LIMIT = 1000;

    /** @param found one row more than {@code limit} when there are more */
    public static <E, T> Page<T> of(List<E> found, int limit, Function<E, T> view, Function<E, String> cursor) {
        boolean more = found.size() > limit;
        List<E> shown = more ? found.subList(0, limit) : found;
        return new Page<>(shown.stream().map(view).toList(), more ? cursor.apply(shown.getLast()) : null);
    }
}
