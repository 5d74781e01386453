package uz.ksb.pos.sales.reconciliation.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One business day of an enterprise, compared in three places.
 *
 * @param currency the main currency, of all sums
 * @param total all tills together
 * @param unreadable entries that came that day and cannot be read as sales: nobody knows whose day they are of
 * @param differences at most {@link #MAX_DIFFERENCES}, the most pressing kinds first
 * @param more whether there are more than these
 */
public record Reconciliation(
        LocalDate date,
        String currency,
        List<TillDay> tills,
        TillDay total,
        long unreadable,
        List<Difference> differences,
        boolean more,
        Asked backOffice,
        Instant at) {
    public static final int MAX_DIFFERENCES = 500;

    /**
     * Whether the back office told which documents it has.
     *
     * @param told false: its books could not be compared
     * @param reason why not: {@code cannot-tell} (it has no way to ask), {@code too-many}, or its failure; null: it did
     * @param documents how many were looked for
     */
    public record Asked(boolean told, String reason, long documents) {}

    /**
     * The day as it was read.
     *
     * @param gaps numbers that no sale has
     * @param reserved by till: numbers that it keeps for its next sales
     * @param found differences within the server
     * @param delivered to be looked for in the back office
     */
    public record Day(
            LocalDate date,
            String currency,
            List<TillDay> tills,
            List<Gap> gaps,
            Map<String, List<Long>> reserved,
            List<Difference> found,
            long unreadable,
            boolean more,
            List<Delivered> delivered) {}

    /** @param sums of the documents that the back office has (a null value: its sum was not told); null: they are not known */
    public static Reconciliation of(Day day, Map<UUID, BigDecimal> sums, Asked asked, Instant now) {
        List<Difference> differences = new ArrayList<>(day.found());
        Map<String, Long> missing = new HashMap<>();
        Map<String, Long> absent = new HashMap<>();
        Map<String, String> codes = new HashMap<>();
        day.tills().forEach(till -> codes.put(till.deviceId(), till.code()));
        for (Gap whole : day.gaps()) {
            for (Gap gap : whole.without(day.reserved().getOrDefault(whole.deviceId(), List.of()))) {
                differences.add(Difference.missing(codes.get(gap.deviceId()), gap.first(), gap.last()));
                missing.merge(gap.deviceId(), gap.count(), Long::sum);
            }
        }
        for (Delivered sale : sums == null ? List.<Delivered>of() : day.delivered()) {
            if (!sums.containsKey(sale.id())) {
                differences.add(Difference.of(
                        Difference.Kind.ABSENT,
                        sale.till(),
                        sale.number(),
                        sale.id(),
                        sale.amount(),
                        sale.currency(),
                        null,
                        sale.at()));
                absent.merge(String.valueOf(sale.deviceId()), 1L, Long::sum);
            } else if (sums.get(sale.id()) != null && sums.get(sale.id()).compareTo(sale.amount()) != 0) {
                differences.add(Difference.amount(sale, sums.get(sale.id())));
            }
        }
        differences.sort(Comparator.comparing(Difference::kind));
        List<TillDay> tills = day.tills().stream()
                .map(till -> till.with(
                        missing.getOrDefault(till.deviceId(), 0L),
                        absent.getOrDefault(String.valueOf(till.deviceId()), 0L)))
                .toList();
        return new Reconciliation(
                day.date(),
                day.currency(),
                tills,
                TillDay.total(tills),
                day.unreadable(),
                List.copyOf(differences.subList(0, Math.min(differences.size(), MAX_DIFFERENCES))),
                day.more() || differences.size() > MAX_DIFFERENCES,
                asked,
                now);
    }
}
