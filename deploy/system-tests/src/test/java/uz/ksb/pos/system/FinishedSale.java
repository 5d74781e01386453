package uz.ksb.pos.system;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import uz.ksb.pos.till.TillSale;

/** A sale that a till finished by itself, as an element of a batch: one piece of bread, paid in cash. */
record FinishedSale(String id, String currency, String completedAt, String product, String price) {

    static FinishedSale of(String currency, String completedAt, String product, String price) {
        return new FinishedSale(UUID.randomUUID().toString(), currency, completedAt, product, price);
    }

    static FinishedSale now(String currency, String product, String price) {
        return of(currency, TillSale.now(), product, price);
    }

    /** The same, not paid but owed. */
    Map<String, Object> owedBy(String customer) {
        Map<String, Object> owed = new HashMap<>(document());
        owed.put("customerId", customer);
        owed.put("payments", List.of(Map.of("kind", "DEBT", "amount", price)));
        return owed;
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
