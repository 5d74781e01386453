package uz.ksb.pos.product.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TopicWriter.publish;
import static uz.ksb.pos.product.testing.Shop.row;

import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.ConsumerGroups;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.platform.testing.TopicReader;
import uz.ksb.pos.product.testing.Shop;

/** The consumer of product updates whose offsets are lost, or whose database was away. */
@QuarkusTest
class ConsumersUnderFaultsTest {
    private final UUID syncId = UUID.randomUUID();
    private Shop shop;

    @BeforeEach
    void open() throws SQLException {
        shop = Shop.open();
    }

    @Test
    void aGroupThatLostItsOffsetsDoublesNothing() {
        rows(1, row("1", 1, "Non", "1"), row("2", 1, "Suv", "1"));
        rows(2, row("1", 2, "Non", "2"));
        end(2, 3);
        eventually(() -> assertThat(answers()).hasSize(1));
        String before = state();

        ConsumerGroups.loseOffsets("product-service");

        assertThat(state()).isEqualTo(before);
        assertThat(answers()).hasSize(1);
    }

    @Test
    void itGoesOnAfterTheDatabaseWasFrozen() {
        try (TestInfrastructure.Frozen frozen = TestInfrastructure.frozenDatabase()) {
            rows(1, row("1", 1, "Non", "1"));
            end(1, 1);
            // By then the consumer has lost its connection too.
            shop.as(Role.CASHIER).get("/api/products").then().statusCode(503);
            shop.as(Role.CASHIER).get("/api/products/count").then().statusCode(503);
        }

        eventually(() -> assertThat(answers()).hasSize(1));
        assertThat(answers().getFirst()).contains("\"received\":1", "\"applied\":1");
        assertThat(shop.events(Topics.deadLetters(Topics.PRODUCT_UPDATES))).isEmpty();
    }

    private String state() {
        // All that is told so far.
        eventually(() -> assertThat(TestInfrastructure.query("select count(*) from outbox"))
                .isEqualTo(0L));
        return shop.feed(0).toString() + shop.productEvents();
    }

    private List<String> answers() {
        return TopicReader.all(
                        Topics.SYNC,
                        published -> published.event().type().equals("sync.part-applied")
                                && published.data().contains(syncId.toString()))
                .stream()
                .map(TopicReader.Published::data)
                .toList();
    }

    private void rows(int chunk, String... rows) {
        send(
                "products.rows",
                "{\"syncId\":\"%s\",\"part\":\"products\",\"chunk\":%d,\"rows\":[%s]}"
                        .formatted(syncId, chunk, String.join(",", rows)));
    }

    private void end(int chunks, int rows) {
        send(
                "part.end",
                "{\"syncId\":\"%s\",\"part\":\"products\",\"chunks\":%d,\"rows\":%d}".formatted(syncId, chunks, rows));
    }

    private void send(String type, String data) {
        publish(
                Topics.PRODUCT_UPDATES,
                new CloudEvent(Ids.next(), type, "sync-service", Instant.EPOCH, syncId.toString(), shop.ksbId(), null),
                data);
    }
}
