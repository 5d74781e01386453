package uz.ksb.pos.product.sync;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.UUID;

/**
 * The dead letter {@code row.rejected}, version 1: a row of a message whose other rows were applied.
 *
 * @param row as it came
 */
record RowRejectedEvent(
        UUID syncId,
        String part,
        String id,
        String reason,
        @JsonRawValue String row) {
    static final String TYPE = "row.rejected";
}
