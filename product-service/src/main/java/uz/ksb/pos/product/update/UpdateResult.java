package uz.ksb.pos.product.update;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of an update: the answer.
 *
 * @param received rows; the others add up to it
 * @param stale older than what is stored
 * @param rejectedCount how many were rejected
 * @param rejected the first {@value #MAX_LISTED} of them; more are kept for replay
 */
public record UpdateResult(
        long received,
        long created,
        long updated,
        long unchanged,
        long stale,
        long rejectedCount,
        List<RejectedRow> rejected) {
    static final int MAX_LISTED = 100;

    public static final UpdateResult NOTHING = new UpdateResult(0, 0, 0, 0, 0, 0, List.of());

    /**
     * A row that was not applied.
     *
     * @param line counted from 1
     * @param id null when it could not be read
     */
    public record RejectedRow(
            long line, String id, String reason, @JsonIgnore String raw) {}

    UpdateResult plus(UpdateResult other) {
        List<RejectedRow> listed = rejected;
        if (!other.rejected.isEmpty() && rejected.size() < MAX_LISTED) {
            listed = new ArrayList<>(rejected);
            other.rejected.stream()
                    .limit(MAX_LISTED - rejected.size())
                    .map(row -> new RejectedRow(row.line(), row.id(), row.reason(), null))
                    .forEach(listed::add);
        }
        return new UpdateResult(
                received + other.received,
                created + other.created,
                updated + other.updated,
                unchanged + other.unchanged,
                stale + other.stale,
                rejectedCount + other.rejectedCount,
                listed);
    }
}
