package uz.ksb.pos.local.replay;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.NameBasedGenerator;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import uz.ksb.pos.local.replay.shop.Customer;
import uz.ksb.pos.local.replay.shop.Invoice;
import uz.ksb.pos.local.replay.shop.Product;

/** The files' rows as the API takes them. Every id is a UUIDv5 of the enterprise and the row: always the same. */
final class Documents {

    private static final UUID NAMESPACE = UUID.fromString("6f1ad5c4-8a0b-5c3e-9d5f-2b7e0c1f4a90");
    private static final String NO_CUSTOMER = "00000000-0000-0000-0000-000000000000";
    private static final String UNIT = "dona";
    private static final String PRICE_TYPE = "chakana";

    private final String ksbId;
    private final ZoneId zone;
    private final String currency;
    private final Map<String, Product> products;

    Documents(String ksbId, ZoneId zone, String currency, Map<String, Product> products) {
        this.ksbId = ksbId;
        this.zone = zone;
        this.currency = currency;
        this.products = products;
    }

    JsonObject product(Product product) {
        return new JsonObject()
                .put("id", product.code())
                .put("version", 1)
                .put("article", product.code())
                .put("name", product.name())
                .put("unit", UNIT)
                .put("currency", currency)
                .put("barcodes", new JsonArray())
                .put(
                        "prices",
                        JsonArray.of(new JsonObject()
                                .put("priceType", PRICE_TYPE)
                                .put("price", product.price().toPlainString())
                                .put("currency", currency)))
                .put("stock", new JsonArray());
    }

    JsonObject customer(Customer customer) {
        return new JsonObject().put("id", customerId(customer.number())).put("name", customer.name());
    }

    /** @param sequence the till's number of it */
    JsonObject sale(Invoice invoice, int sequence) {
        BigDecimal total = invoice.total();
        return new JsonObject()
                .put("id", saleId(invoice.number()))
                .put("kind", invoice.isReturn() ? "RETURN" : "SALE")
                .put("customerId", invoice.customer().isEmpty() ? NO_CUSTOMER : customerId(invoice.customer()))
                .put("currency", currency)
                .put("priceType", PRICE_TYPE)
                .put("total", total.toPlainString())
                .put("lines", lines(invoice))
                .put("payments", payments(total))
                .put(
                        "completedAt",
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                invoice.at().atZone(zone)))
                .put("deviceSequence", sequence);
    }

    String saleId(String invoice) {
        return id("invoice", invoice);
    }

    private String customerId(String number) {
        return id("customer", number);
    }

    private JsonArray lines(Invoice invoice) {
        JsonArray lines = new JsonArray();
        for (Invoice.Item item : invoice.lines()) {
            Product product = products.get(item.code());
            lines.add(new JsonObject()
                    .put("lineId", id("line", invoice.number() + "/" + (lines.size() + 1)))
                    .put("productId", item.code())
                    .put("name", product == null ? item.code() : product.name())
                    .put("unit", UNIT)
                    .put("price", item.price().toPlainString())
                    .put("quantity", item.quantity().toPlainString()));
        }
        return lines;
    }

    private JsonArray payments(BigDecimal total) {
        return total.signum() == 0
                ? new JsonArray()
                : JsonArray.of(new JsonObject()
                        .put("kind", "CASH")
                        .put("amount", total.toPlainString())
                        .put("currency", currency));
    }

    private String id(String kind, String name) {
        // A generator of its own each time: its digest is not safe among threads.
        NameBasedGenerator generator = Generators.nameBasedGenerator(NAMESPACE);
        return generator.generate(ksbId + "/" + kind + "/" + name).toString();
    }
}
