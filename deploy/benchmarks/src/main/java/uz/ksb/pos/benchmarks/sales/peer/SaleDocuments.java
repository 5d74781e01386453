package uz.ksb.pos.benchmarks.sales.peer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.benchmarks.stack.SampleShop;

/** A sale of five products of the sample shop, paid in cash, as a till sends it. */
public final class SaleDocuments {
    private static final int LINES = 5;
    private static final String PRICE_TYPE = "chakana";

    private final JsonArray lines = new JsonArray();
    private BigDecimal total = BigDecimal.ZERO;

    private SaleDocuments() {}

    public static SaleDocuments of(SampleShop shop, String token) throws InterruptedException {
        SaleDocuments documents = new SaleDocuments();
        JsonArray products =
                shop.get("/api/products?limit=" + 10 * LINES, token).getJsonArray("items");
        for (int i = 0; i < products.size() && documents.lines.size() < LINES; i++) {
            documents.addLine(products.getJsonObject(i));
        }
        return documents;
    }

    private void addLine(JsonObject product) {
        product.getJsonArray("prices").stream()
                .map(JsonObject.class::cast)
                .filter(price -> PRICE_TYPE.equals(price.getString("priceType"))
                        && "UZS".equals(price.getString("currency", product.getString("currency"))))
                .map(price -> new BigDecimal(price.getValue("price").toString()))
                .findFirst()
                .ifPresent(price -> addLine(product, price));
    }

    private void addLine(JsonObject product, BigDecimal price) {
        int quantity = lines.size() + 1;
        total = total.add(price.multiply(BigDecimal.valueOf(quantity)));
        lines.add(new JsonObject()
                .put("lineId", UUID.randomUUID().toString())
                .put("productId", product.getString("id"))
                .put("name", product.getString("name"))
                .put("unit", product.getString("unit"))
                .put("price", price.toPlainString())
                .put("basePrice", price.toPlainString())
                .put("baseCurrency", "UZS")
                .put("quantity", Integer.toString(quantity))
                .put("warehouse", "asosiy"));
    }

    /** The ids of the products that are sold. */
    public List<String> products() {
        return lines.stream()
                .map(line -> ((JsonObject) line).getString("productId"))
                .toList();
    }

    /** The body of {@code PUT /api/sales/{id}}; the id stands in the address only. */
    public JsonObject open() {
        return new JsonObject()
                .put("currency", "UZS")
                .put("priceType", PRICE_TYPE)
                .put("warehouse", "asosiy")
                .put("lines", lines);
    }

    /** The body of the completion. */
    public JsonObject completion(long sequence) {
        return new JsonObject()
                .put("revision", 1)
                .put("total", total.toPlainString())
                .put("payments", JsonArray.of(payment()))
                .put("deviceSequence", sequence);
    }

    /** An element of a batch. */
    public JsonObject finished(UUID id, long sequence) {
        return open().put("id", id.toString())
                .put("total", total.toPlainString())
                .put("payments", JsonArray.of(payment()))
                .put("completedAt", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("deviceSequence", sequence);
    }

    private JsonObject payment() {
        return new JsonObject()
                .put("kind", "CASH")
                .put("amount", total.toPlainString())
                .put("currency", "UZS")
                .put("cashDesk", "naqd");
    }
}
