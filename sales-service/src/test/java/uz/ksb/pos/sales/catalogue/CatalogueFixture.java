package uz.ksb.pos.sales.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;
import static uz.ksb.pos.platform.testing.TopicWriter.publish;
import static uz.ksb.pos.sales.SaleFixture.anId;
import static uz.ksb.pos.sales.SaleFixture.query;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Topics;

/** The events of other services about an enterprise's products. */
public record CatalogueFixture(String ksbId) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    public static String row(String product, int version, String currency, String price, String stock) {
        return """
                {"id": "%s", "version": 1, "changeVersion": %d, "currency": "%s", "name": "P",
                 "prices": [{"priceType": "chakana", "price": "%s"}],
                 "stock": [{"warehouse": "asosiy", "quantity": "%s"}, {"warehouse": "ombor-2", "quantity": "999"}],
                 "archived": false, "deleted": false}""".formatted(product, version, currency, price, stock);
    }

    /** Tells of a row and waits until it is known. */
    public void given(String row) {
        tell(anId(), row);
        known(row);
    }

    /** The same of a row that was read from the back office. */
    void given(String row, Instant readAt) {
        tell(Topics.PRODUCTS, "products.changed", anId(), products("\"readAt\": \"" + readAt + "\",", row));
        known(row);
    }

    private void known(String row) {
        known(
                row.replaceAll("(?s).*\"id\": \"([^\"]+)\".*", "$1"),
                Long.parseLong(row.replaceAll("(?s).*\"changeVersion\": (\\d+),.*", "$1")));
    }

    public void known(String product, long version) {
        within(LIMIT, () -> assertThat(query("select change_version from catalogue_products where ksb_id = '" + ksbId
                        + "' and id = '" + product + "'"))
                .isEqualTo(version));
    }

    public void rule(int version, String rule) {
        tell(
                Topics.SETTINGS,
                "enterprise.changed",
                anId(),
                "{\"ksbId\": \"%s\", \"negativeStock\": \"%s\", \"version\": %d}".formatted(ksbId, rule, version));
        within(LIMIT, () -> assertThat(query("select rule from stock_rules where ksb_id = '" + ksbId + "'"))
                .isEqualTo(rule));
    }

    public void tell(UUID event, String rows) {
        tell(Topics.PRODUCTS, "products.changed", event, products("", rows));
    }

    private static String products(String more, String rows) {
        return "{\"fromVersion\": 0, \"toVersion\": 9, \"counts\": {\"products\": 1}, \"bulk\": true, " + more
                + " \"rows\": [" + rows + "]}";
    }

    public void tell(String topic, String type, UUID event, String data) {
        publish(topic, new CloudEvent(event, type, "test", Instant.now(), null, ksbId, null), data);
    }
}
