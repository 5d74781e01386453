package uz.ksb.pos.sales.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The products that a request names, as far as they are known. Pure.
 *
 * @param known whether anything was ever told of this enterprise's products; if not, none is called unknown
 * @param products by id; those that nobody told of, and the deleted ones, are absent
 */
public record Catalogue(boolean known, StockRule stockRule, Map<String, CatalogueProduct> products) {
    /** An enterprise of which no product is known: no rule applies. */
    public static final Catalogue UNKNOWN = new Catalogue(false, StockRule.WARN, Map.of());

    static Catalogue of(boolean known, StockRule rule, List<CatalogueProduct> products) {
        return new Catalogue(
                known,
                rule,
                products.stream()
                        .filter(product -> !product.deleted())
                        .collect(Collectors.toUnmodifiableMap(CatalogueProduct::id, one -> one)));
    }

    /** Whether a sale of these may be refused for want of stock. */
    boolean limits() {
        return stockRule == StockRule.FORBID
                && products.values().stream()
                        .anyMatch(product -> !product.stock().isEmpty());
    }

    public Optional<CatalogueProduct> find(String productId) {
        return Optional.ofNullable(products.get(productId));
    }

    /** Whether the law allows cash for it, as far as is known. */
    public boolean allowsCash(String productId) {
        return find(productId).map(CatalogueProduct::cashAllowed).orElse(true);
    }

    public boolean misses(String productId) {
        return known && !products.containsKey(productId);
    }
}
