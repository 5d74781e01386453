package uz.ksb.pos.product.sync;

import java.util.List;
import java.util.UUID;

/**
 * The event {@code sync.part-applied}, version 1.
 *
 * @param received the rows of the part; applied, unchanged and rejected add up to it
 * @param unchanged also what was stale
 * @param rejected what must not be confirmed to the back office
 */
record PartApplied(UUID syncId, String part, long received, long applied, long unchanged, List<RejectedItem> rejected) {
    static final String TYPE = "sync.part-applied";

    /**
     * @param id null when the row has none that can be read
     */
    record RejectedItem(String id, String reason) {}
}
