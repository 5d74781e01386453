package uz.ksb.pos.product.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.product.testing.Shop.row;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.product.catalogue.Catalogue;
import uz.ksb.pos.product.catalogue.ProductParser;
import uz.ksb.pos.product.catalogue.Source;
import uz.ksb.pos.product.sold.FinishedSale;
import uz.ksb.pos.product.sold.SoldStock;
import uz.ksb.pos.product.testing.Shop;

/** Readers of the feed beside writers, for a minute with all tests and for some seconds otherwise. */
@QuarkusTest
class FeedBesideWritersTest {
    private static final long SECONDS = Boolean.getBoolean("pos.test.all") ? 60 : 6;
    private static final int PRODUCTS = 400;

    @Inject
    Pool pool;

    @Inject
    Catalogue catalogue;

    @Inject
    Outbox outbox;

    @Inject
    SoldStock soldStock;

    private final AtomicInteger versions = new AtomicInteger();
    private final long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
    private Shop shop;

    @BeforeEach
    void open() throws SQLException {
        shop = Shop.open();
    }

    @Test
    void everyReaderEndsWithExactlyTheTablesContent() throws Exception {
        AtomicInteger writing = new AtomicInteger(5);
        List<Callable<Map<String, JsonNode>>> work = new ArrayList<>();
        for (int writer = 0; writer < 3; writer++) {
            Random random = new Random(writer);
            work.add(() -> writing(writing, () -> push(random)));
        }
        work.add(() -> writing(writing, () -> pushSlowly(new Random(7))));
        work.add(() -> writing(writing, () -> sell(new Random(8))));
        for (String limit : List.of("&limit=7", "&limit=100", "&limit=1000", "")) {
            work.add(() -> readWhile(writing, limit));
        }

        List<Map<String, JsonNode>> read = atOnce(work.size(), i -> work.get(i).call());

        Map<String, JsonNode> stored = new HashMap<>();
        for (JsonNode product : shop.feed(0)) {
            stored.put(
                    product.get("id").asText(),
                    shop.get("/api/products/" + product.get("id").asText()));
        }
        assertThat(stored).hasSizeGreaterThan(PRODUCTS / 2);
        for (Map<String, JsonNode> reader : read.subList(5, read.size())) {
            assertThat(reader).isEqualTo(stored);
        }
    }

    private interface Write {
        void once() throws Exception;
    }

    private Map<String, JsonNode> writing(AtomicInteger writing, Write write) throws Exception {
        try {
            while (System.nanoTime() < end) {
                write.once();
            }
            return Map.of();
        } finally {
            writing.decrementAndGet();
        }
    }

    /** No two rows are equal: the same content again would only move the source's version. */
    private void push(Random random) {
        shop.push(random.ints(random.nextInt(1, 60), 0, PRODUCTS)
                .distinct()
                .mapToObj(this::next)
                .toArray(String[]::new));
    }

    private String next(int product) {
        int version = versions.incrementAndGet();
        return row("p" + product, version, "Mahsulot", Integer.toString(version));
    }

    /** Holds its transaction, and with it the catalogue, open for a while. */
    private void pushSlowly(Random random) {
        var product = ProductParser.read(Shop.tree(next(random.nextInt(PRODUCTS))));
        pool.withTransaction(connection -> catalogue
                        .apply(connection, shop.ksbId(), List.of(product), Source.pushed(false))
                        .onItem()
                        .delayIt()
                        .by(Duration.ofMillis(150)))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private void sell(Random random) {
        FinishedSale sale = new FinishedSale(
                shop.ksbId(),
                UUID.randomUUID(),
                1,
                null,
                List.of(new FinishedSale.Cell("p" + random.nextInt(PRODUCTS), "asosiy", java.math.BigDecimal.ONE)));
        outbox.inTransaction(connection -> soldStock.keep(connection, List.of(sale)))
                .await()
                .atMost(Duration.ofSeconds(30));
    }

    private Map<String, JsonNode> readWhile(AtomicInteger writing, String limit) {
        Map<String, JsonNode> read = new HashMap<>();
        long position = 0;
        boolean over = false;
        while (true) {
            boolean last = over && nothingWaits();
            JsonNode page = shop.get("/api/products/changes?after=" + position + limit);
            for (JsonNode product : page.get("items")) {
                JsonNode before = read.put(product.get("id").asText(), product);
                assertThat(before == null
                                || before.get("changeVersion").asLong()
                                        < product.get("changeVersion").asLong())
                        .isTrue();
            }
            assertThat(page.get("changeVersion").asLong()).isGreaterThanOrEqualTo(position);
            position = page.get("changeVersion").asLong();
            if (last && !page.get("more").asBoolean()) {
                return read;
            }
            over = writing.get() == 0;
        }
    }

    /** Sold stock is shown a moment after the sale. */
    private boolean nothingWaits() {
        return soldStock.waiting().await().atMost(Duration.ofSeconds(10)).isEmpty();
    }
}
