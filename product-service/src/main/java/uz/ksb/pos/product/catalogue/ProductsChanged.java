package uz.ksb.pos.product.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
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
 * @param cause {@value #SALES} when only the shown stock moved, because of sales: the source told nothing; absent otherwise
 * @param rows products as in the feed, at most {@value #MAX_ROWS} and {@value #MAX_BYTES} bytes (one larger row stands alone)
 */
record ProductsChanged(
        long fromVersion,
        long toVersion,
        Counts counts,
        boolean bulk,
        @JsonInclude(JsonInclude.Include.NON_NULL) Instant readAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) String cause,
        List<RawValue> rows) {
    static final String SALES = "sales";
    static final String TYPE = "products.changed";
    static final int MAX_ROWS = 200;
    static final int MAX_BYTES = 256 * 1024;

    /**
     * @param products neither deleted nor archived
     */
    record Counts(long products) {}

    /**
     * A product that changed.
     *
     * @param productsThen how many are listed after it
     */
    record Row(String view, long changeVersion, long productsThen) {}

    /**
     * The events that tell of changes, in order, without a gap between them.
     *
     * @param source null: sales
     */
    static List<ProductsChanged> of(List<Row> changes, Source source) {
        List<ProductsChanged> events = new ArrayList<>();
        List<RawValue> rows = new ArrayList<>();
        long bytes = 0;
        Row last = null;
        for (Row change : changes) {
            int size = change.view().getBytes(StandardCharsets.UTF_8).length;
            if (rows.size() == MAX_ROWS || !rows.isEmpty() && bytes + size > MAX_BYTES) {
                events.add(event(last, rows, source));
                rows = new ArrayList<>();
                bytes = 0;
            }
            rows.add(new RawValue(change.view()));
            bytes += size;
            last = change;
        }
        if (last != null) {
            events.add(event(last, rows, source));
        }
        return events;
    }

    private static ProductsChanged event(Row last, List<RawValue> rows, Source source) {
        return new ProductsChanged(
                last.changeVersion() - rows.size(),
                last.changeVersion(),
                new Counts(last.productsThen()),
                source != null && source.bulk(),
                source == null ? null : source.readAt(),
                source == null ? SALES : null,
                rows);
    }
}
