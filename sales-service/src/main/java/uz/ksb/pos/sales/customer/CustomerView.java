package uz.ksb.pos.sales.customer;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * A customer as everybody sees it.
 *
 * @param balances positive: credit, negative: debt
 * @param version rises with every change
 */
public record CustomerView(UUID id, String name, String phone, List<Balance> balances, boolean archived, long version) {
    public record Balance(String currency, BigDecimal amount) {}
}
