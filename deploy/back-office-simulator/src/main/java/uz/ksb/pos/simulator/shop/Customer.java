package uz.ksb.pos.simulator.shop;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A customer as the back office knows it.
 *
 * @param balances by currency; positive: credit, negative: debt
 */
public record Customer(String id, String name, String phone, Map<String, BigDecimal> balances) {

    public Customer owingMore(String currency, BigDecimal amount) {
        Map<String, BigDecimal> moved = new LinkedHashMap<>(balances);
        moved.merge(currency, amount.negate(), BigDecimal::add);
        return new Customer(id, name, phone, moved);
    }
}
