package uz.ksb.pos.product.stock;

import static uz.ksb.pos.platform.testing.TopicWriter.publish;

import java.time.Instant;
import java.util.UUID;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.product.testing.Shop;

/** The events of sales-service and sync-service about a shop. */
final class SoldGoods {
    static final Instant MORNING = Instant.parse("2026-11-02T05:00:00Z");

    private final Shop shop;

    SoldGoods(Shop shop) {
        this.shop = shop;
    }

    /** An event of a sale of one product. */
    record Told(UUID eventId, String type, Instant time, UUID sale, String data) {}

    static Told sale(UUID sale, String product, String quantity) {
        return event(sale, 1, "completed", "SALE", product, quantity, "NOT_DELIVERED", MORNING);
    }

    static Told returned(UUID sale, String product, String quantity) {
        return event(sale, 1, "completed", "RETURN", product, quantity, "NOT_DELIVERED", MORNING);
    }

    static Told delivered(UUID sale, String product, String quantity, Instant at) {
        return event(sale, 2, "delivered", "SALE", product, quantity, "DELIVERED", at);
    }

    static Told event(
            UUID sale,
            int revision,
            String type,
            String kind,
            String product,
            String quantity,
            String delivery,
            Instant at) {
        return new Told(
                Ids.next(), "sale." + type, at, sale, """
                {"id":"%s","revision":%d,"status":"COMPLETED","kind":"%s","warehouse":"asosiy","deliveryStatus":"%s",\
                "lines":[{"lineId":"1","productId":"%s","quantity":"%s"}]}""".formatted(sale, revision, kind, delivery, product, quantity));
    }

    void tell(Told... events) {
        for (Told event : events) {
            publish(
                    Topics.SALES,
                    new CloudEvent(
                            event.eventId(),
                            event.type(),
                            "sales-service",
                            event.time(),
                            event.sale().toString(),
                            shop.ksbId(),
                            null),
                    event.data());
        }
    }

    /** The rows of one reading of the back office. */
    void read(Instant readAt, String... rows) {
        UUID sync = UUID.randomUUID();
        part(
                sync,
                "products.rows",
                "\"chunk\":1,\"readAt\":\"%s\",\"rows\":[%s]".formatted(readAt, String.join(",", rows)));
        part(
                sync,
                "part.end",
                "\"chunks\":%d,\"rows\":%d,\"readAt\":\"%s\"".formatted(rows.length == 0 ? 0 : 1, rows.length, readAt));
    }

    private void part(UUID sync, String type, String fields) {
        publish(
                Topics.PRODUCT_UPDATES,
                new CloudEvent(Ids.next(), type, "sync-service", Instant.EPOCH, sync.toString(), shop.ksbId(), null),
                "{\"syncId\":\"%s\",\"part\":\"products\",%s}".formatted(sync, fields));
    }

    /** The shown stock of a product, and the told one when it differs: {@code 3 of 5}. */
    String stock(String product) {
        var place = shop.get("/api/products/" + product).get("stock").get(0);
        String quantity = place.get("quantity").asText();
        return place.has("told") ? quantity + " of " + place.get("told").asText() : quantity;
    }
}
