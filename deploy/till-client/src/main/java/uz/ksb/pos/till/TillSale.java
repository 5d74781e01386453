package uz.ksb.pos.till;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The documents of a till's sales, as the API takes them. Sums and quantities are decimals as text. */
public final class TillSale {
    private TillSale() {}

    /** One line of an open or a finished sale, with an id of its own. */
    public static Map<String, Object> line(String product, String name, String unit, String price, String quantity) {
        return Map.of(
                "lineId", UUID.randomUUID().toString(),
                "productId", product,
                "name", name,
                "unit", unit,
                "price", price,
                "quantity", quantity);
    }

    /** A payment in cash. */
    public static Map<String, Object> cash(String amount, String currency, String desk) {
        return Map.of("kind", "CASH", "amount", amount, "currency", currency, "cashDesk", desk);
    }

    /**
     * The completion of an open sale that is paid in cash to its sum.
     *
     * @param open the sale as the server answered it
     * @param sequence the till's number of it
     */
    public static Map<String, Object> completion(JsonNode open, String desk, int sequence) {
        String total = open.path("total").asText();
        return Map.of(
                "revision", open.path("revision").asInt(),
                "total", total,
                "payments", List.of(cash(total, open.path("currency").asText(), desk)),
                "completedAt", now(),
                "deviceSequence", sequence);
    }

    /** The time of a sale that is finished now. */
    public static String now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
