package uz.ksb.pos.platform.syncpart;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.text.StorableText;

/**
 * The effect of one message's rows.
 *
 * @param applied rows that changed something
 */
public record RowsResult(long applied, List<Rejected> rejected) {

    /**
     * A row that is not stored.
     *
     * @param place in the message, counted from 0
     * @param id null when it has none that can be read
     * @param row as it came, as JSON
     */
    public record Rejected(int place, String id, String reason, String row) {
        private static final int MAX_ID = 100;
        private static final int MAX_REASON = 200;

        public Rejected {
            id = StorableText.quoted(cut(id, MAX_ID));
            reason = StorableText.quoted(cut(reason, MAX_REASON));
        }

        public static Rejected of(int place, JsonNode row, String reason) {
            JsonNode id = row.path("id");
            return new Rejected(place, id.isValueNode() ? id.asText(null) : null, reason, row.toString());
        }

        private static String cut(String text, int length) {
            return text == null || text.length() <= length ? text : text.substring(0, length);
        }
    }

    /** The dead letter {@code row.rejected}, version 1: a row of a message whose other rows were applied. */
    record RowRejected(
            UUID syncId,
            String part,
            String id,
            String reason,
            @JsonRawValue String row) {
        static final String TYPE = "row.rejected";
    }
}
