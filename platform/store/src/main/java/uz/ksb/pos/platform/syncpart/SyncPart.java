package uz.ksb.pos.platform.syncpart;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A message of the topics {@code pos.*-updates.v1}: rows of one part of a sync, or the part's end. */
public sealed interface SyncPart {
    /** The type of rows is the part's name and this. */
    String ROWS_SUFFIX = ".rows";
    /** The type of an end. */
    String END = "part.end";

    UUID syncId();

    String part();

    /** Tells one reading of the back office from another of the same run; a later one has a higher number. */
    long reading();

    /** When the back office began to be read for them; null: not told. */
    Instant readAt();

    /**
     * Rows, at most 500 and 500 KB.
     *
     * @param chunk counted from 1; a chunk that is sent again replaces the one before
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rows(UUID syncId, String part, long reading, int chunk, List<JsonNode> rows, Instant readAt)
            implements SyncPart {
        public Rows {
            if (syncId == null || part == null || rows == null || chunk < 1) {
                throw new IllegalArgumentException("syncId, part, chunk or rows is missing");
            }
        }
    }

    /**
     * All rows of the part have been sent.
     *
     * @param chunks how many there are
     * @param rows how many they carry
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record End(UUID syncId, String part, long reading, int chunks, long rows, Instant readAt) implements SyncPart {
        public End {
            if (syncId == null || part == null) {
                throw new IllegalArgumentException("syncId or part is missing");
            }
        }
    }
}
