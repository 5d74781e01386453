package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.LiveTill;
import uz.ksb.pos.till.TillSale;

/** Prices, rates and stock at every till within a second. */
@ExtendWith(SharedSystem.class)
class LiveCatalogueTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final RunningSystem system;
    private final Api api;
    private String product;

    LiveCatalogueTest(RunningSystem system) {
        this.system = system;
        this.api = system.api();
    }

    @BeforeEach
    void makeProduct() {
        product = "live-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        push(
                "products",
                Map.of(
                        "id",
                        product,
                        "name",
                        "Jonli " + product,
                        "prices",
                        Map.of("chakana", 1000),
                        "stock",
                        Map.of("asosiy", 10)));
    }

    @Test
    void aPushedPriceIsAtATillWithinASecond() {
        try (LiveTill till = new LiveTill(system.portBase(), login("kassir").token(), "products")) {
            hearsFirst(till);

            long pushed = push("products", Map.of("id", product, "prices", Map.of("chakana", 1234)));

            JsonNode event = till.awaitEvent(
                    "products.changed", data -> row(data).toString().contains("1234.00"));
            assertThat(since(pushed)).isLessThan(LIMIT);
            assertThat(event.toString()).contains(product);
        }
    }

    @Test
    void aPushedRateIsAtATillWithinASecond() {
        try (LiveTill till = new LiveTill(system.portBase(), login("kassir").token(), "rates")) {
            String rate = "12" + ThreadLocalRandom.current().nextInt(500, 900) + ".25";
            long pushed = push("rates", Map.of("currency", "USD", "rate", Double.valueOf(rate)));

            till.awaitEvent("rates.changed", data -> data.toString().contains(rate));

            assertThat(since(pushed)).isLessThan(LIMIT);
        }
    }

    @Test
    void aSaleLowersTheStockAtBothTillsWithinASecond() {
        Api.Login seller = login("kassir");
        try (LiveTill one = new LiveTill(system.portBase(), seller.token(), "products");
                LiveTill other =
                        new LiveTill(system.portBase(), login("menejer").token(), "products")) {
            hearsFirst(one);
            hearsFirst(other);

            long sold = sell(seller, "2");

            for (LiveTill till : List.of(one, other)) {
                JsonNode event = till.awaitEvent("products.changed", data -> "8".equals(quantity(data)));
                assertThat(since(sold)).isLessThan(LIMIT);
                assertThat(row(event.has("data") ? event.path("data") : event)
                                .at("/stock/0/told")
                                .asText())
                        .isEqualTo("10");
            }
        }
    }

    /** The connection follows, and what came before is not counted. */
    private void hearsFirst(LiveTill till) {
        int version = ThreadLocalRandom.current().nextInt(2, 1_000);
        push("products", Map.of("id", product, "article", "A-" + version));
        till.awaitEvent("products.changed", data -> row(data).toString().contains("A-" + version));
    }

    private JsonNode row(JsonNode data) {
        for (JsonNode row : data.path("rows")) {
            if (row.path("id").asText().equals(product)) {
                return row;
            }
        }
        return data.path("none");
    }

    private String quantity(JsonNode data) {
        return row(data).at("/stock/0/quantity").asText();
    }

    private Api.Login login(String user) {
        return api.loggedIn(TillWindow.KSB_ID, user);
    }

    /** The back office changes something and pushes it. @return when it was answered, {@link System#nanoTime} */
    private long push(String what, Map<String, Object> change) {
        Map<String, Object> order = new HashMap<>(change);
        order.put("ksbId", TillWindow.KSB_ID);
        order.put("push", true);
        JsonNode unused = system.backOffice().change(what, order);
        return System.nanoTime();
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** @return when the sale was answered */
    private long sell(Api.Login till, String quantity) {
        String unused = new OnlineSale(api, till, UUID.randomUUID().toString())
                .sell(TillSale.line(product, "Jonli", "dona", "1000.00", quantity));
        return System.nanoTime();
    }
}
