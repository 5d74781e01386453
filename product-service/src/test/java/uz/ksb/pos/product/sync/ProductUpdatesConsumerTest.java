package uz.ksb.pos.product.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TopicWriter.publish;
import static uz.ksb.pos.product.testing.Shop.row;
import static uz.ksb.pos.product.testing.Shop.texts;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.MetricsRules;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.product.testing.Shop;

@QuarkusTest
class ProductUpdatesConsumerTest {
    private static final String POISON_MESSAGES = "pos_poison_rows_total{kind=\"message\"";
    private final UUID syncId = UUID.randomUUID();
    private Shop shop;

    @BeforeEach
    void open() throws SQLException {
        shop = Shop.open();
    }

    @Test
    void thePartsOfASyncAreAppliedAndAnswered() {
        send(Ids.next(), "units.rows", rows("units", "{\"id\":\"quti\",\"version\":1,\"name\":\"Quti\"}"));
        send(Ids.next(), "part.end", end("units", 1, 1));
        send(Ids.next(), "currencies.rows", rows("currencies", "{\"id\":\"EUR\",\"version\":1,\"name\":\"Evro\"}"));
        send(
                Ids.next(),
                "rates.rows",
                rows("rates", "{\"currency\":\"EUR\",\"rate\":\"14000.5\"}", "{\"currency\":\"USD\",\"rate\":\"0\"}"));
        send(Ids.next(), "part.end", end("rates", 1, 2));
        send(
                Ids.next(),
                "products.rows",
                rows("products", row("1", 1, "Non", "1").replace("dona", "quti"), row("2", 1, "Suv", "x")));
        send(
                Ids.next(),
                "products.rows",
                chunk(2, "products", row("1", 1, "Non", "1").replace("dona", "quti")));
        send(Ids.next(), "part.end", end("products", 2, 3));

        eventually(() -> assertThat(answers()).hasSize(3));
        assertThat(summary(answers().get(0))).isEqualTo("units 1 1 0 0");
        assertThat(summary(answers().get(1))).isEqualTo("rates 2 1 0 1");
        assertThat(summary(answers().get(2))).isEqualTo("products 3 1 1 1");
        assertThat(answers().get(2).get("rejected").get(0).get("id").asText()).isEqualTo("2");
        assertThat(texts(shop.get("/api/reference/units").get("items"), "id")).contains("quti");
        assertThat(shop.get("/api/currency-rates")
                        .get("items")
                        .get(0)
                        .get("rate")
                        .asText())
                .isEqualTo("14000.500000");
        eventually(() -> assertThat(shop.events(Topics.deadLetters(Topics.PRODUCT_UPDATES)))
                .hasSize(2)
                .allSatisfy(letter -> assertThat(letter.get("reason").asText()).isNotBlank()));
        // Told by the change, and once more by the end of the part: a copy may have lost the first.
        assertThat(shop.events(Topics.RATES)).hasSize(2).allSatisfy(told -> assertThat(told.get("items"))
                .hasSize(1));
    }

    @Test
    void repeatedMessagesCountOnce() {
        UUID first = Ids.next();
        UUID last = Ids.next();
        String rows = rows("products", row("1", 1, "Non", "1"), row("2", 1, "Suv", "1"), "7");
        for (int i = 0; i < 3; i++) {
            send(first, "products.rows", rows);
        }
        for (int i = 0; i < 3; i++) {
            send(last, "part.end", end("products", 1, 3));
        }
        send(Ids.next(), "part.end", end("units", 0, 0));

        eventually(() -> assertThat(answers()).hasSize(2));
        assertThat(summary(answers().get(0))).isEqualTo("products 3 2 0 1");
        assertThat(summary(answers().get(1))).isEqualTo("units 0 0 0 0");
    }

    @Test
    void aReadingThatWasBrokenOffAndBegunAgainIsCountedOnce() {
        send(Ids.next(), "products.rows", chunk(1, "products", row("1", 1, "Non", "1"), row("2", 1, "Suv", "1")));
        send(Ids.next(), "products.rows", chunk(2, "products", row("3", 1, "Tuz", "1")));
        send(Ids.next(), "products.rows", chunk(1, "products", row("1", 2, "Non", "1"), row("2", 2, "Suv", "1")));
        send(Ids.next(), "part.end", end("products", 1, 2));

        eventually(() -> assertThat(answers()).hasSize(1));
        assertThat(summary(answers().getFirst())).isEqualTo("products 2 2 0 0");
    }

    @Test
    void ofRowsOfOneReadingForOneProductTheLastCounts() {
        send(Ids.next(), "units.rows", rows("units", "{\"id\":\"quti\",\"version\":1,\"name\":\"Quti\"}"));
        send(Ids.next(), "units.rows", chunk(2, "units", "{\"id\":\"quti\",\"version\":1,\"name\":\"Yashik\"}"));
        send(
                Ids.next(),
                "products.rows",
                read(1, row("1", 1, "Non", "1"), row("2", 1, "Suv", "1"), row("1", 1, "Non", "2")));
        send(Ids.next(), "products.rows", read(2, row("2", 1, "Suv", "3"), row("2", 1, "Suv", "3")));
        send(Ids.next(), "part.end", end("products", 2, 5));

        eventually(() -> assertThat(answers()).hasSize(1));
        assertThat(price("1")).isEqualTo("2.00");
        assertThat(price("2")).isEqualTo("3.00");
        assertThat(shop.get("/api/reference/units").get("items").toString()).contains("Yashik");
    }

    private String price(String id) {
        return shop.get("/api/products/" + id).get("prices").get(0).get("price").asText();
    }

    private String read(int chunk, String... rows) {
        return chunk(chunk, "products", rows).replace("\"rows\":", "\"readAt\":\"2026-11-30T04:00:00Z\",\"rows\":");
    }

    @Test
    void textThatCannotBeStoredRejectsItsRowOnly() {
        send(
                Ids.next(),
                "units.rows",
                rows(
                        "units",
                        "{\"id\":\"a\\u0000\",\"version\":1,\"name\":\"A\"}",
                        "{\"id\":\"b\",\"version\":1,\"name\":\"B\"}"));
        send(
                Ids.next(),
                "products.rows",
                rows("products", row("1", 1, "Non", "1").replace("\"1\"", "\"\\ud800\""), row("2", 1, "Suv", "1")));
        send(Ids.next(), "part.end", end("units", 1, 2));
        send(Ids.next(), "part.end", end("products", 1, 2));

        eventually(() -> assertThat(answers()).hasSize(2));
        assertThat(answers()).allSatisfy(answer -> assertThat(summary(answer)).endsWith("2 1 0 1"));
    }

    @Test
    void anUnreadableMessageIsADeadLetterAndHoldsUpNothing() {
        double poison = MetricsRules.value(POISON_MESSAGES);
        send(Ids.next(), "products.rows", "{kesilgan");
        send(Ids.next(), "products.eaten", "{}");
        send(Ids.next(), "zavod.rows", rows("zavod", "{}"));
        send(Ids.next(), "part.end", end("products", 0, 0));

        eventually(() -> assertThat(answers()).hasSize(1));
        eventually(() -> assertThat(TopicReader.all(Topics.deadLetters(Topics.PRODUCT_UPDATES), letter -> shop.ksbId()
                        .equals(letter.key())))
                .hasSize(3));
        assertThat(MetricsRules.value(POISON_MESSAGES)).isEqualTo(poison + 3);
    }

    @Test
    void aFullMessageIsBulkAndItsEventsLeaveNoGap() {
        send(
                Ids.next(),
                "products.rows",
                rows(
                        "products",
                        IntStream.range(0, 500)
                                .mapToObj(i -> row("p" + i, 1, "Mahsulot", "1"))
                                .toArray(String[]::new)));

        eventually(() -> assertThat(shop.productEvents()).hasSize(3));
        List<JsonNode> events = shop.productEvents();
        assertThat(texts(events, "fromVersion")).containsExactly("0", "200", "400");
        assertThat(texts(events, "toVersion")).containsExactly("200", "400", "500");
        assertThat(events)
                .allSatisfy(event -> assertThat(event.get("bulk").asBoolean()).isTrue());
    }

    private String rows(String part, String... rows) {
        return chunk(1, part, rows);
    }

    private String chunk(int chunk, String part, String... rows) {
        return "{\"syncId\":\"%s\",\"part\":\"%s\",\"chunk\":%d,\"rows\":[%s]}"
                .formatted(syncId, part, chunk, String.join(",", rows));
    }

    private String end(String part, int chunks, int rows) {
        return "{\"syncId\":\"%s\",\"part\":\"%s\",\"chunks\":%d,\"rows\":%d}".formatted(syncId, part, chunks, rows);
    }

    private List<JsonNode> answers() {
        return shop.events(Topics.SYNC).stream()
                .filter(answer -> answer.has("received"))
                .toList();
    }

    private static String summary(JsonNode answer) {
        return answer.get("part").asText() + " " + answer.get("received") + " " + answer.get("applied") + " "
                + answer.get("unchanged") + " " + answer.get("rejected").size();
    }

    private void send(UUID id, String type, String data) {
        publish(
                Topics.PRODUCT_UPDATES,
                new CloudEvent(id, type, "sync-service", Instant.now(), syncId.toString(), shop.ksbId(), null),
                data);
    }
}
