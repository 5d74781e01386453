package uz.ksb.pos.sales.sync;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** The messages of a sync, and the answers to them. */
final class PartMessage {
    static final String ROWS = "customers.rows";
    static final String END = "part.end";
    static final String APPLIED = "sync.part-applied";
    static final String REQUESTED = "sync.requested";
    static final String COMPLETED = "sync.completed";

    private PartMessage() {}

    /**
     * Some customers.
     *
     * @param chunk counts from 1
     * @param readAt when the back office began to be read for them; null: not told
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Rows(UUID syncId, String part, int chunk, List<JsonNode> rows, Instant readAt) {
        Rows {
            if (syncId == null || part == null || rows == null) {
                throw new IllegalArgumentException("syncId, part or rows is missing");
            }
        }
    }

    /** All chunks are in the topic. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record End(UUID syncId, String part, int chunks, int rows, Instant readAt) {
        End {
            if (syncId == null || part == null) {
                throw new IllegalArgumentException("syncId or part is missing");
            }
        }
    }

    /** A run has read and applied everything that changed. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Completed(UUID syncId, Instant startedAt) {}

    /** Send what waits. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Requested(UUID syncId) {}

    /** The answer to a part. */
    record Applied(UUID syncId, String part, int received, int applied, int unchanged, List<RejectedRow> rejected) {}

    /** A row that is not stored. */
    record RejectedRow(String id, String reason) {}
}
