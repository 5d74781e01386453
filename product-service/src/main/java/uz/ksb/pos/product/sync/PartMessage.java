package uz.ksb.pos.product.sync;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What the topic carries. */
sealed interface PartMessage {
    String ROWS = ".rows";
    String END = "part.end";

    UUID syncId();

    String part();

    /**
     * {@code <part>.rows}: at most 500 of them.
     *
     * @param chunk counted from 1; one that is sent again replaces the one before
     * @param readAt when the back office began to be read for them; null: not told
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Rows(UUID syncId, String part, int chunk, List<JsonNode> rows, Instant readAt) implements PartMessage {}

    /** {@code part.end}: all rows of the part have been sent. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record End(UUID syncId, String part, int chunks, long rows) implements PartMessage {}
}
