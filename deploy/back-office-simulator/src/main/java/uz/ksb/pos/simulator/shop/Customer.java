package uz.ksb.pos.simulator.shop;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A customer as the back office knows it.
 *
 * @param balances by currency; positive: credit, negative: debt
 */
public record Customer(String id, String name, String phone, Map<String, BigDecimal> balances) {}
