package uz.ksb.pos.product.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.List;

/**
 * The event {@code products.changed}, version 1: whoever stood at {@code fromVersion} and takes the rows stands at
 * {@code toVersion}.
 *
 * @param fromVersion the change version before the first row
 * @param toVersion the change version of the last row
 * @param counts at {@code toVersion}
 * @param bulk part of an import: better fetched from the feed than followed row by row
 * @param readAt when the source began to be read for the rows: their stock cannot contain what it got later; absent when it
 *     pushed them
 * @param rows products as in the feed, at most {@value #MAX_ROWS} and {@value #MAX_BYTES} bytes (one larger row stands alone)
 */
record ProductsChanged(
        long fromVersion,
        long toVersion,
        Counts counts,
        boolean bulk,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant readAt,
        List<RawValue> rows) {
    static final String TYPE = "products.changed";
    static final int MAX_ROWS = 200;
    static final int MAX_BYTES = 256 * 1024;

    /**
     * @param products neither deleted nor archived
     */
    record Counts(long products) {}
}
