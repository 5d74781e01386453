package uz.ksb.pos.product.catalogue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import uz.ksb.pos.product.catalogue.RowOutcome.Stored;

/** Goes through the rows of one chunk, in order, and finds what they change: versions, counts and events. */
final class ChunkDiff {
    private final Source source;
    private final Map<String, Stored> stored;
    private final Map<String, Map<String, BigDecimal>> left;
    private final Map<RowOutcome, Integer> counts = new EnumMap<>(RowOutcome.class);
    private final List<Change> changes = new ArrayList<>();
    private final List<Product> confirmed = new ArrayList<>();
    private long changeVersion;
    private long products;

    /**
     * @param changeVersion of the catalogue, under its lock
     * @param products listed in the catalogue
     * @param stored what is stored of the chunk's products, by id
     * @param left what was sold that the rows' stock cannot contain, by product and warehouse
     */
    ChunkDiff(
            Source source,
            long changeVersion,
            long products,
            Map<String, Stored> stored,
            Map<String, Map<String, BigDecimal>> left) {
        this.source = source;
        this.left = left;
        this.changeVersion = changeVersion;
        this.products = products;
        this.stored = stored;
    }

    /**
     * A product to be written.
     *
     * @param sold see {@link ShownStock#sold}
     * @param productsThen how many are listed after it
     */
    record Change(Product product, String document, String sold, UUID hash, long changeVersion, long productsThen) {
        ProductsChanged.Row told() {
            String view = ProductDocument.view(product.version(), changeVersion, document, sold);
            return new ProductsChanged.Row(view, changeVersion, productsThen);
        }
    }

    /** A row of the chunk, with what it is compared by. */
    record Given(Product product, String document, UUID hash) {
        static Given of(Product product) {
            String document = ProductDocument.of(product);
            return new Given(product, document, ProductDocument.hash(product, document));
        }

        String id() {
            return product.id();
        }

        long version() {
            return product.version();
        }
    }

    /** Adds the next row; each product may be given once. */
    void add(Given given) {
        Product product = given.product();
        String document = given.document();
        UUID hash = given.hash();
        Stored before = stored.get(product.id());
        RowOutcome outcome = RowOutcome.of(before, product.version(), hash, source);
        counts.merge(outcome, 1, Integer::sum);
        String sold = ShownStock.sold(product.warehouses(), left.getOrDefault(product.id(), Map.of()));
        switch (outcome) {
            case CREATED, UPDATED -> change(product, document, sold, hash, before != null && before.listed());
            case CONFIRMED -> {
                // The same stock, read later: it contains sales that it could not contain before.
                if (Objects.equals(sold, before.sold())) {
                    confirmed.add(product);
                } else {
                    change(product, document, sold, hash, before.listed());
                }
            }
            case UNCHANGED, STALE -> {}
        }
    }

    private void change(Product product, String document, String sold, UUID hash, boolean listedBefore) {
        products += (product.isListed() ? 1 : 0) - (listedBefore ? 1 : 0);
        changes.add(new Change(product, document, sold, hash, ++changeVersion, products));
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

    /** @param asStored rows that were not added, because they are stored as they are */
    ChunkResult result(int asStored, List<ChunkResult.Rejection> rejected) {
        return new ChunkResult(
                count(RowOutcome.CREATED),
                count(RowOutcome.UPDATED),
                asStored + count(RowOutcome.UNCHANGED) + count(RowOutcome.CONFIRMED),
                count(RowOutcome.STALE),
                rejected);
    }

    /** The events that tell of the changes, in order, without a gap between them. */
    List<ProductsChanged> events() {
        return ProductsChanged.of(changes.stream().map(Change::told).toList(), source);
    }

    private int count(RowOutcome outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
