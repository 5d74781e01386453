package uz.ksb.pos.sales.batch;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The outcome of one sale of a batch.
 *
 * @param id as sent; null when it cannot be read
 * @param problem why it is in conflict or invalid; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BatchResult(String id, Result result, String problem) {
    /** With any outcome the till is rid of the sale: it is kept here. */
    enum Result {
        created,
        replayed,
        /** Another content is stored under the id: this one is kept for a decision. */
        conflict,
        /** Kept raw for review. */
        invalid
    }

    static BatchResult of(Object id, Result result) {
        return new BatchResult(id == null ? null : id.toString(), result, null);
    }
}
