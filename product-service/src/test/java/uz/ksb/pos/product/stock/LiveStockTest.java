package uz.ksb.pos.product.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.product.stock.SoldGoods.MORNING;
import static uz.ksb.pos.product.stock.SoldGoods.delivered;
import static uz.ksb.pos.product.stock.SoldGoods.event;
import static uz.ksb.pos.product.stock.SoldGoods.returned;
import static uz.ksb.pos.product.stock.SoldGoods.sale;
import static uz.ksb.pos.product.testing.Shop.row;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.testing.ConsumerGroups;
import uz.ksb.pos.platform.testing.TestInfrastructure;
import uz.ksb.pos.product.sold.FinishedSale;
import uz.ksb.pos.product.sold.FinishedSale.Cell;
import uz.ksb.pos.product.sold.SoldStock;
import uz.ksb.pos.product.testing.Shop;

/** The shown stock: the back office's value, less what we sold that it cannot contain yet. */
@QuarkusTest
class LiveStockTest {
    @Inject
    Outbox outbox;

    @Inject
    SoldStock soldStock;

    @Inject
    StockAggregator aggregator;

    private Shop shop;
    private SoldGoods goods;

    @BeforeEach
    void open() throws SQLException {
        shop = Shop.open();
        goods = new SoldGoods(shop);
        goods.read(MORNING, row("1", 1, "Non", "1"), row("2", 1, "Suv", "1"));
        shows("1", "5");
    }

    @Test
    void aSaleLowersTheStockOfFeedListAndEvents() {
        goods.tell(sale(UUID.randomUUID(), "1", "2"));

        shows("1", "3 of 5");
        assertThat(shop.feed(2).toString()).contains("\"quantity\":\"3\"");
        assertThat(shop.get("/api/products?search=non").toString()).contains("\"quantity\":\"3\"");
        eventually(() -> assertThat(shop.productEvents()).hasSize(2));
        JsonNode told = shop.productEvents().getLast();
        assertThat(told.get("cause").asText()).isEqualTo("sales");
        assertThat(told.get("fromVersion").asInt()).isEqualTo(2);
        assertThat(told.get("rows")).hasSize(1);
        assertThat(told.get("rows").get(0).get("stock").toString())
                .isEqualTo("[{\"quantity\":\"3\",\"warehouse\":\"asosiy\",\"told\":\"5\"}]");
        assertThat(goods.stock("2")).isEqualTo("5");
    }

    @Test
    void returnsRaiseIt() {
        goods.tell(sale(UUID.randomUUID(), "1", "2"), returned(UUID.randomUUID(), "1", "0.5"));

        shows("1", "3.5 of 5");
    }

    @Test
    void aSoldPieceIsMissingUntilAValueContainsIt() {
        UUID sold = UUID.randomUUID();
        goods.tell(sale(sold, "1", "2"));
        shows("1", "3 of 5");

        // Told again before the back office has it.
        goods.read(MORNING.plusSeconds(100), row("1", 2, "Non", "2"));
        eventually(() ->
                assertThat(shop.get("/api/products/1").get("version").asInt()).isEqualTo(2));
        assertThat(goods.stock("1")).isEqualTo("3 of 5");

        // A reading that began before the delivery, told after it.
        goods.tell(delivered(sold, "1", "2", MORNING.plusSeconds(200)));
        goods.read(MORNING.plusSeconds(199), row("1", 3, "Non", "3"));
        eventually(() ->
                assertThat(shop.get("/api/products/1").get("version").asInt()).isEqualTo(3));
        assertThat(goods.stock("1")).isEqualTo("3 of 5");

        goods.read(MORNING.plusSeconds(201), row("1", 4, "Non", "3").replace("\"5\"", "\"3\""));
        shows("1", "3");
    }

    @Test
    void aDeliveryHeardOfAfterTheReadingThatContainsItCounts() {
        UUID sold = UUID.randomUUID();
        goods.tell(sale(sold, "1", "2"));
        shows("1", "3 of 5");
        goods.read(MORNING.plusSeconds(300), row("1", 2, "Non", "1").replace("\"5\"", "\"3\""));
        shows("1", "1 of 3");

        goods.tell(delivered(sold, "1", "2", MORNING.plusSeconds(200)));

        shows("1", "3");
    }

    @Test
    void theSameStockReadLaterContainsWhatWasDelivered() {
        UUID sold = UUID.randomUUID();
        goods.tell(sale(sold, "1", "2"), delivered(sold, "1", "2", MORNING.plusSeconds(10)));
        shows("1", "3 of 5");

        goods.read(MORNING.plusSeconds(20), row("1", 2, "Non", "1"));

        shows("1", "5");
    }

    @Test
    void aReadingThatLeavesItOutSettlesWhatIsOlderThanTheOneBefore() {
        UUID sold = UUID.randomUUID();
        goods.tell(sale(sold, "1", "2"), delivered(sold, "1", "2", MORNING.plusSeconds(10)));
        shows("1", "3 of 5");

        goods.read(MORNING.plusSeconds(20));
        goods.read(MORNING.plusSeconds(30), row("3", 1, "Tuz", "1"));

        shows("1", "5");
    }

    @Test
    void aSaleOfAProductThatComesLaterCounts() {
        goods.tell(sale(UUID.randomUUID(), "9", "2"));
        goods.read(MORNING.plusSeconds(20), row("9", 1, "Choy", "1"));

        shows("9", "3 of 5");
    }

    @Test
    void eventsInAnyOrderAndNumberCountOnce() {
        Random random = new Random(11);
        List<SoldGoods.Told> events = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            UUID sale = UUID.randomUUID();
            events.add(i % 4 == 0 ? returned(sale, "1", "1") : sale(sale, "1", "2"));
            if (i % 3 == 0) {
                String kind = i % 4 == 0 ? "RETURN" : "SALE";
                events.add(event(
                        sale, 2, "rejected", kind, "1", i % 4 == 0 ? "1" : "2", "REJECTED", MORNING.plusSeconds(5)));
            }
        }
        events.addAll(List.copyOf(events));
        Collections.shuffle(events, random);

        goods.tell(events.toArray(SoldGoods.Told[]::new));

        shows("1", "-20 of 5");
        ConsumerGroups.loseOffsets("product-service");
        goods.tell(sale(UUID.randomUUID(), "2", "1"));
        shows("2", "4 of 5");
        assertThat(goods.stock("1")).isEqualTo("-20 of 5");
    }

    @Test
    void thousandsOfSalesOfOneProductAreAFewEvents() {
        List<FinishedSale> sales = IntStream.range(0, 5000)
                .mapToObj(i -> new FinishedSale(
                        shop.ksbId(), UUID.randomUUID(), 1, null, List.of(new Cell("1", "asosiy", BigDecimal.ONE))))
                .toList();
        outbox.inTransaction(connection -> soldStock.keep(connection, sales))
                .await()
                .atMost(Duration.ofSeconds(20));

        aggregator.showAll().await().atMost(Duration.ofSeconds(20));

        shows("1", "-4995 of 5");
        eventually(() -> assertThat(shop.productEvents().getLast().toString()).contains("\"-4995\""));
        assertThat(shop.productEvents()).hasSizeLessThan(15);
    }

    @Test
    void anImportThatHoldsItsCatalogueKeepsNoOtherWaiting() throws SQLException {
        Shop other = Shop.open();
        other.push(row("1", 1, "Non", "1"));
        try (Connection importing = TestInfrastructure.database();
                Statement statement = importing.createStatement()) {
            importing.setAutoCommit(false);
            statement.execute("select from catalogues where ksb_id = '" + shop.ksbId() + "' for update");
            goods.tell(sale(UUID.randomUUID(), "1", "2"));
            SoldGoods others = new SoldGoods(other);
            others.tell(sale(UUID.randomUUID(), "1", "2"));
            eventually(() -> assertThat(others.stock("1")).isEqualTo("3 of 5"));
            assertThat(goods.stock("1")).isEqualTo("5");
            importing.rollback();
        }
        shows("1", "3 of 5");
    }

    @Test
    void whatIsNoSaleIsADeadLetterAndHoldsUpNothing() {
        UUID sale = UUID.randomUUID();
        goods.tell(
                new SoldGoods.Told(UUID.randomUUID(), "sale.completed", MORNING, sale, "{kesilgan"),
                sale(UUID.randomUUID(), "1", "1e99999"),
                sale(UUID.randomUUID(), "1", "2"));

        shows("1", "3 of 5");
        eventually(
                () -> assertThat(shop.events(Topics.deadLetters(Topics.SALES))).hasSize(2));
    }

    private void shows(String product, String stock) {
        eventually(() -> assertThat(goods.stock(product)).isEqualTo(stock));
    }
}
