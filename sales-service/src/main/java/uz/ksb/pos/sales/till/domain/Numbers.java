package uz.ksb.pos.sales.till.domain;

import java.util.List;

/**
 * The numbers of a till that the server has above the settled ones, at most the highest {@link #MAX_NUMBERS}.
 *
 * @param floor the number up to which all is settled
 * @param present in any order, each once
 */
public record Numbers(long floor, List<Long> present) {
    /** More are not looked at: what is missing below them was named before. */
    public static final int MAX_NUMBERS = 2_000;

    /** The highest one; 0: there is none. */
    public long last() {
        return present.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** How many of the till's numbers the server lacks, without those that the till keeps for its next sales. */
    long missing(Report report) {
        long last = Math.max(last(), report == null ? 0 : report.last());
        long first = present.size() < MAX_NUMBERS
                ? floor + 1
                : present.stream().mapToLong(Long::longValue).min().orElseThrow();
        long reserved = report == null
                ? 0
                : report.reserved().stream()
                        .distinct()
                        .filter(number -> number >= first && number <= last && !present.contains(number))
                        .count();
        return Math.max(0, last - first + 1 - present.size() - reserved);
    }
}
