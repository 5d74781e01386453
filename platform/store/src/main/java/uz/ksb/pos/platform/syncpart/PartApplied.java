package uz.ksb.pos.platform.syncpart;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;

/**
 * The event {@code sync.part-applied}, version 1: the answer to a part's end.
 *
 * @param received rows that arrived; applied, unchanged and rejectedCount add up to it. Fewer than the end tells: some were lost,
 *     and nothing of the part may be confirmed
 * @param unchanged also older than what is stored
 * @param rejected the first {@value #MAX_REJECTED}
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PartApplied(
        UUID syncId,
        String part,
        long received,
        long applied,
        long unchanged,
        long rejectedCount,
        List<RejectedRow> rejected) {
    public static final String TYPE = "sync.part-applied";
    public static final int MAX_REJECTED = 100;

    /**
     * A row that is not stored.
     *
     * @param id null when the row has none that can be read
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record RejectedRow(String id, String reason) {}

    public PartApplied {
        rejected = rejected == null
                ? List.of()
                : rejected.stream().limit(MAX_REJECTED).toList();
    }

    public Event event(String ksbId) {
        return new Event(Topics.SYNC, TYPE, ksbId, syncId.toString(), this);
    }
}
