package uz.ksb.pos.sales.sync;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;

/** What a sync sends us, and what we answer. */
final class PartMessage {
    static final String ROWS = "customers.rows";
    static final String END = "part.end";
    static final String APPLIED = "sync.part-applied";
    static final String REQUESTED = "sync.requested";

    private PartMessage() {}

    /** Some customers; {@code chunk} counts from 1. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Rows(UUID syncId, String part, int chunk, List<JsonNode> rows) {}

    /** All chunks are in the topic. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record End(UUID syncId, String part, int chunks, int rows) {}

    /** Send what waits. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Requested(UUID syncId) {}

    /** The answer to a part. */
    record Applied(UUID syncId, String part, int received, int applied, int unchanged, List<RejectedRow> rejected) {}

    /** A row that is not stored. */
    record RejectedRow(String id, String reason) {}
}
