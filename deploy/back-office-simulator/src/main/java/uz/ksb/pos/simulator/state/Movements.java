package uz.ksb.pos.simulator.state;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The movements of a posted document of {@code create_sales}: goods out of a warehouse, and the unpaid rest (sums less
 * discount less payments) onto the customer's debt.
 *
 * @param owed in {@code currency}; negative when more was paid than the goods cost
 */
record Movements(String client, String currency, BigDecimal owed, List<Goods> goods) {

    record Goods(String product, String warehouse, BigDecimal quantity) {}

    /**
     * @param rates of the enterprise's currencies
     * @throws NumberFormatException if an amount is none
     */
    static Movements of(JsonNode sale, Map<String, BigDecimal> rates) {
        JsonNode details = sale.path("details").path(0);
        String currency = details.path("currency").asText("");
        BigDecimal owed = amount(details, "discount").negate();
        List<Goods> goods = new ArrayList<>();
        for (JsonNode line : sale.path("products")) {
            goods.add(new Goods(
                    line.path("product").asText(), line.path("warehouse").asText(), amount(line, "quantity")));
            owed = owed.add(amount(line, "sum"));
        }
        for (JsonNode payment : sale.path("payments")) {
            BigDecimal from = rates.getOrDefault(payment.path("currency").asText(), BigDecimal.ONE);
            BigDecimal to = rates.getOrDefault(currency, BigDecimal.ONE);
            owed = owed.subtract(amount(payment, "sum").multiply(from).divide(to, 2, RoundingMode.HALF_UP));
        }
        return new Movements(details.path("client").asText(""), currency, owed, goods);
    }

    /** Those of the document's deletion. */
    Movements reversed() {
        return new Movements(
                client,
                currency,
                owed.negate(),
                goods.stream()
                        .map(moved -> new Goods(
                                moved.product(),
                                moved.warehouse(),
                                moved.quantity().negate()))
                        .toList());
    }

    private static BigDecimal amount(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asText("0"));
    }
}
