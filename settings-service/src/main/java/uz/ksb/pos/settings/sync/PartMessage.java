package uz.ksb.pos.settings.sync;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;

/** What a sync sends us, and what we answer. */
sealed interface PartMessage {
    String ROWS_SUFFIX = ".rows";
    String END = "part.end";
    String APPLIED = "sync.part-applied";

    UUID syncId();

    String part();

    /** Some rows; {@code chunk} counts from 1. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Rows(UUID syncId, String part, int chunk, List<JsonNode> rows) implements PartMessage {}

    /** All chunks are in the topic. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record End(UUID syncId, String part, int chunks, int rows) implements PartMessage {}

    /** The answer to a part. */
    record Applied(UUID syncId, String part, int received, int applied, int unchanged, List<RejectedRow> rejected) {}

    /** A row that is not stored. */
    record RejectedRow(String id, String reason) {}
}
