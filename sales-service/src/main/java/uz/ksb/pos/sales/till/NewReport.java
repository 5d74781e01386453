package uz.ksb.pos.sales.till;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.TillTime;
import uz.ksb.pos.sales.till.domain.Report;

/**
 * A till's report as it comes in.
 *
 * @param unsent finished sales that only the till has, 0 to 1,000,000
 * @param oldest when the oldest of them was finished, by the till's clock
 * @param lastSequence the highest number that it has given, from 1; null: none yet
 * @param reserved at most 50 numbers that no finished sale has, because they are kept for the next ones; null: none
 * @param version of the till's program, at most 40 characters
 * @param storage null: not told
 * @param warnings at most 20 names of what is wrong with the till itself: small letters, digits and hyphens, at most 40; null: none
 * @param closing whether the till is being closed properly; null: it is not
 */
record NewReport(
        Integer unsent,
        OffsetDateTime oldest,
        Long lastSequence,
        List<Long> reserved,
        String version,
        Storage storage,
        List<String> warnings,
        Boolean closing) {
    private static final int MAX_UNSENT = 1_000_000;
    private static final int MAX_RESERVED = 50;
    private static final int MAX_VERSION = 40;
    private static final int MAX_WARNINGS = 20;
    private static final long MAX_MEGABYTES = 1_000_000_000;
    private static final long MAX_INTEGER = (1L << 53) - 1;
    private static final Pattern WARNING = Pattern.compile("[a-z0-9-]{1,40}");

    /**
     * @param persisted whether the browser has promised not to clear it
     * @param freeMegabytes 0 to 1,000,000,000; null: not known
     */
    record Storage(Boolean persisted, Long freeMegabytes) {}

    /** @throws uz.ksb.pos.platform.problem.Problem 400 naming the field */
    Report checked(TillTime time) {
        Fields.require(
                unsent != null && unsent >= 0 && unsent <= MAX_UNSENT, "unsent", "is a number from 0 to 1000000");
        Fields.require(isNumber(lastSequence), "lastSequence", "must be at least 1");
        Fields.require(
                reserved == null
                        || reserved.size() <= MAX_RESERVED
                                && reserved.stream().allMatch(one -> one != null && isNumber(one)),
                "reserved",
                "are at most 50 numbers from 1");
        Fields.require(
                warnings == null
                        || warnings.size() <= MAX_WARNINGS
                                && warnings.stream()
                                        .allMatch(one -> one != null
                                                && WARNING.matcher(one).matches()),
                "warnings",
                "are at most 20 names of small letters, digits and hyphens");
        return new Report(
                unsent,
                unsent == 0 || oldest == null ? null : instant(time),
                lastSequence,
                reserved == null ? List.of() : List.copyOf(reserved),
                Fields.text(version, MAX_VERSION, "version"),
                storage == null ? null : checkedStorage(),
                warnings == null ? List.of() : List.copyOf(warnings),
                Boolean.TRUE.equals(closing));
    }

    private Instant instant(TillTime time) {
        Fields.require(TillTime.isATime(oldest), "oldest", "is no time of this calendar");
        return time.correct(oldest.toInstant()).time().truncatedTo(ChronoUnit.SECONDS);
    }

    private Report.Storage checkedStorage() {
        Long free = storage.freeMegabytes();
        Fields.require(free == null || free >= 0 && free <= MAX_MEGABYTES, "storage.freeMegabytes", "is out of range");
        return new Report.Storage(storage.persisted(), free);
    }

    private static boolean isNumber(Long sequence) {
        return sequence == null || sequence >= 1 && sequence <= MAX_INTEGER;
    }
}
