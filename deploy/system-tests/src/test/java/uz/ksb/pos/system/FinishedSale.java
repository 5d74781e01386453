package uz.ksb.pos.system;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A sale that a till finished by itself, as an element of a batch: one piece of bread, paid in cash. */
record FinishedSale(String id, String currency, String completedAt, String product, String price) {

    static FinishedSale of(String currency, String completedAt, String product, String price) {
        return new FinishedSale(UUID.randomUUID().toString(), currency, completedAt, product, price);
    }

    Map<String, Object> document() {
        return Map.of(
                "id", id,
                "currency", currency,
                "completedAt", completedAt,
                "lines",
                        List.of(Map.of(
                                "lineId", "1",
                                "productId", product,
                                "name", "Non",
                                "unit", "dona",
                                "price", price,
                                "quantity", "1")),
                "payments", List.of(Map.of("kind", "CASH", "amount", price)));
    }
}
