package uz.ksb.pos.product.catalogue;

import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uz.ksb.pos.product.catalogue.RowOutcome.Stored;

/** Goes through the rows of one chunk, in order, and finds what they change: versions, counts and events. */
final class ChunkDiff {
    private final Map<String, Stored> stored;
    private final Map<RowOutcome, Integer> counts = new EnumMap<>(RowOutcome.class);
    private final List<Change> changes = new ArrayList<>();
    private final List<Product> confirmed = new ArrayList<>();
    private long changeVersion;
    private long products;

    /**
     * @param changeVersion of the catalogue, under its lock
     * @param products listed in the catalogue
     * @param stored what is stored of the chunk's products, by id
     */
    ChunkDiff(long changeVersion, long products, Map<String, Stored> stored) {
        this.changeVersion = changeVersion;
        this.products = products;
        this.stored = stored;
    }

    /**
     * A product to be written.
     *
     * @param productsThen how many are listed after it
     */
    record Change(Product product, String document, UUID hash, long changeVersion, long productsThen) {}

    /** Adds the next row; each product may be given once. */
    void add(Product product) {
        String document = ProductDocument.of(product);
        UUID hash = ProductDocument.hash(product, document);
        Stored before = stored.get(product.id());
        RowOutcome outcome = RowOutcome.of(before, product.version(), hash);
        counts.merge(outcome, 1, Integer::sum);
        switch (outcome) {
            case CREATED, UPDATED -> change(product, document, hash, before != null && before.listed());
            case CONFIRMED -> confirmed.add(product);
            case UNCHANGED, STALE -> {}
        }
    }

    private void change(Product product, String document, UUID hash, boolean listedBefore) {
        products += (product.isListed() ? 1 : 0) - (listedBefore ? 1 : 0);
        changes.add(new Change(product, document, hash, ++changeVersion, products));
    }

    List<Change> changes() {
        return changes;
    }

    List<Product> confirmed() {
        return confirmed;
    }

    long changeVersion() {
        return changeVersion;
    }

    long products() {
        return products;
    }

    ChunkResult result(List<ChunkResult.Rejection> rejected) {
        return new ChunkResult(
                count(RowOutcome.CREATED),
                count(RowOutcome.UPDATED),
                count(RowOutcome.UNCHANGED) + count(RowOutcome.CONFIRMED),
                count(RowOutcome.STALE),
                rejected);
    }

    /** The events that tell of the changes, in order, without a gap between them. */
    List<ProductsChanged> events(Source source) {
        List<ProductsChanged> events = new ArrayList<>();
        List<RawValue> rows = new ArrayList<>();
        long bytes = 0;
        Change last = null;
        for (Change change : changes) {
            String view = ProductDocument.view(change.product().version(), change.changeVersion(), change.document());
            int size = view.getBytes(StandardCharsets.UTF_8).length;
            if (rows.size() == ProductsChanged.MAX_ROWS
                    || !rows.isEmpty() && bytes + size > ProductsChanged.MAX_BYTES) {
                events.add(event(last, rows, source));
                rows = new ArrayList<>();
                bytes = 0;
            }
            rows.add(new RawValue(view));
            bytes += size;
            last = change;
        }
        if (last != null) {
            events.add(event(last, rows, source));
        }
        return events;
    }

    private static ProductsChanged event(Change last, List<RawValue> rows, Source source) {
        return new ProductsChanged(
                last.changeVersion() - rows.size(),
                last.changeVersion(),
                new ProductsChanged.Counts(last.productsThen()),
                source.bulk(),
                source.readAt(),
                rows);
    }

    private int count(RowOutcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
