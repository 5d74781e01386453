package uz.ksb.pos.product.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.AtOnce.atOnce;
import static uz.ksb.pos.product.testing.Shop.row;
import static uz.ksb.pos.product.testing.Shop.texts;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.product.testing.Shop;

/** Pages of the feed that are kept for tills that start together. */
@QuarkusTest
class FeedPagesTest {
    private static final int ROWS = 3_500;

    @Inject
    FeedPages pages;

    private Shop shop;

    @BeforeEach
    void load() throws SQLException {
        shop = Shop.open();
        shop.pushLines(lines(0, ROWS, 1));
    }

    @Test
    void aHundredTillsThatStartTogetherCostOneReading() throws Exception {
        long before = pages.readings();

        List<Integer> rows = atOnce(100, till -> shop.feed(0).size());

        assertThat(rows).containsOnly(ROWS);
        // The last page once more for those that came while it was read.
        assertThat(pages.readings() - before).isBetween(4L, 6L);
    }

    @Test
    void aChangeIsThereAtOnceHoweverNewThePagesAre() {
        assertThat(shop.feed(0)).hasSize(ROWS);
        for (int version = 2; version < 6; version++) {
            shop.push(row("p7", version, "Yangi", Integer.toString(version)));

            var feed = shop.get("/api/products/changes?after=0");

            assertThat(feed.get("changeVersion").asInt()).isEqualTo(ROWS + version - 1);
            assertThat(texts(feed.get("items"), "id").getLast()).isEqualTo("p7");
            assertThat(shop.get("/api/products/changes?after=" + (ROWS + version - 2))
                            .get("items"))
                    .hasSize(1);
        }
    }

    @Test
    void ofManyEnterprisesTheNewestPagesAreKept() throws SQLException {
        for (int i = 0; i < 3; i++) {
            Shop other = Shop.open();
            other.push(row("p1", 1, "Non", "1"));
            assertThat(other.feed(0)).hasSize(1);
        }
        assertThat(pages.bytes()).isBetween(1L, 16L * 1024 * 1024);
    }

    private static String lines(int from, int to, int version) {
        return IntStream.range(from, to)
                .mapToObj(i -> row("p" + i, version, "Mahsulot " + i, "1"))
                .collect(Collectors.joining("\n"));
    }
}
