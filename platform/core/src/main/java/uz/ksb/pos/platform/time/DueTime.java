package uz.ksb.pos.platform.time;

import java.time.Duration;
import java.time.Instant;

/**
 * When something that waits for a stored time is due. A clock that once was ahead leaves times that are reached only in years, so a
 * time that lies further ahead than its longest span counts as reached.
 */
public final class DueTime {
    private DueTime() {}

    /**
     * @param due null: at once
     * @param longest the longest that anybody ever waits for such a time
     */
    public static boolean isReached(Instant due, Instant now, Duration longest) {
        return due == null || !due.isAfter(now) || due.isAfter(now.plus(longest));
    }

    /**
     * The same in SQL.
     *
     * @param due a column of type {@code timestamptz}
     * @param now an expression
     */
    public static String isReachedSql(String due, String now, Duration longest) {
        return "(%1$s is null or %1$s <= %2$s or %1$s > %2$s + interval '%3$d seconds')"
                .formatted(due, now, longest.toSeconds());
    }
}
