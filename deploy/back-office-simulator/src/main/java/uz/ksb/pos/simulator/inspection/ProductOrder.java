package uz.ksb.pos.simulator.inspection;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import uz.ksb.pos.simulator.http.Refused;
import uz.ksb.pos.simulator.shop.Product;
import uz.ksb.pos.simulator.shop.Reference;
import uz.ksb.pos.simulator.shop.Shop;

/**
 * An order to change a product, or to add one: what is absent stays as it is. Prices and stock are merged by key.
 *
 * @param name needed for a new product
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ProductOrder(
        String ksbId,
        String id,
        String name,
        String article,
        String unit,
        List<String> barcodes,
        Map<String, BigDecimal> prices,
        Map<String, BigDecimal> stock,
        Boolean archived,
        Boolean deleted,
        Product.Law law,
        boolean push) {

    Product applyTo(Optional<Product> before, Shop shop) {
        Product base = before.orElseGet(() -> empty(shop));
        Product after = new Product(
                id,
                or(name, base.name()),
                or(article, base.article()),
                or(unit, base.unit()),
                base.currency(),
                or(barcodes, base.barcodes()),
                base.box(),
                merged(base.prices(), prices),
                merged(base.stock(), stock),
                or(archived, base.archived()),
                or(deleted, base.deleted()),
                or(law, base.law()));
        requireKnown("name", after.name() != null);
        requireKnown("unit", has(shop.reference().units(), List.of(after.unit())));
        requireKnown("prices", has(shop.reference().priceTypes(), after.prices().keySet()));
        requireKnown("stock", has(shop.reference().warehouses(), after.stock().keySet()));
        return after;
    }

    private Product empty(Shop shop) {
        return new Product(id, null, id, "dona", shop.currency(), List.of(), 1, Map.of(), Map.of(), false, false, null);
    }

    private static <T> T or(T given, T before) {
        return given == null ? before : given;
    }

    private static Map<String, BigDecimal> merged(Map<String, BigDecimal> before, Map<String, BigDecimal> given) {
        Map<String, BigDecimal> merged = new LinkedHashMap<>(before);
        merged.putAll(given == null ? Map.of() : given);
        return merged;
    }

    private static boolean has(List<Reference.Item> items, Iterable<String> ids) {
        List<String> known = items.stream().map(Reference.Item::id).toList();
        for (String id : ids) {
            if (!known.contains(id)) {
                return false;
            }
        }
        return true;
    }

    private static void requireKnown(String field, boolean known) {
        if (!known) {
            throw new Refused(400, field + " is missing or unknown in this enterprise");
        }
    }
}
