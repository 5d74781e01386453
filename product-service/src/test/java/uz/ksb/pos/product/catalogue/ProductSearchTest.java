package uz.ksb.pos.product.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;
import static uz.ksb.pos.product.testing.Shop.row;
import static uz.ksb.pos.product.testing.Shop.texts;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.Tokens;
import uz.ksb.pos.product.testing.Shop;

@QuarkusTest
class ProductSearchTest {
    @Inject
    Pool pool;

    private Shop shop;

    @BeforeEach
    void open() throws SQLException {
        shop = Shop.open();
    }

    @Test
    void namesAreFoundInAnyCaseScriptAndWithoutAccents() {
        shop.push(
                row("1", 1, "Шакар оқ 1 кг", "1"),
                row("2", 1, "Crème brûlée", "1"),
                row("3", 1, "O'zbek choyi", "1"),
                row("4", 1, "100% sharbat_olma", "1"));

        assertThat(found("ШАКАР")).containsExactly("1");
        assertThat(found("creme brul")).containsExactly("2");
        assertThat(found("choyi uzb")).isEmpty();
        assertThat(found("choy zbek")).containsExactly("3");
        assertThat(found("100%")).containsExactly("4");
        assertThat(found("t_olma")).containsExactly("4");
        assertThat(found("%%%")).isEmpty();
        assertThat(found("\\\\\\")).isEmpty();
    }

    @Test
    void oneOrTwoLettersAreTheStartOfAWord() {
        shop.push(row("1", 1, "Anor", "1"), row("2", 1, "Banan", "1"), row("3", 1, "Ananas", "1"));

        shop.push(row("4", 1, "Qizil anor", "1"));

        assertThat(found("an")).containsExactly("3", "1", "4");
        assertThat(found("a")).containsExactly("3", "1", "4");
    }

    @Test
    void lettersOfAnyAlphabetAndApostropheFindEachOther() {
        shop.push(
                row("1", 1, "Shakar", "1"),
                row("2", 1, "Шакар", "1"),
                row("3", 1, "ＳＨＡＫＡＲ", "1"),
                row("4", 1, "Oʻzbek choyi", "1"),
                row("5", 1, "ўзбек чойи", "1"));

        for (String search : List.of("shakar", "ШАКАР", "шакар", "ｓhakar")) {
            assertThat(found(search)).containsExactlyInAnyOrder("1", "2", "3");
        }
        for (String search : List.of("o'zbek", "oʻzbek", "o‘zbek", "ўзбек", "ozbek")) {
            assertThat(found(search)).containsExactlyInAnyOrder("4", "5");
        }
    }

    @Test
    void theStartOfTheNameComesFirstThenAWordThenTheRest() {
        shop.push(
                row("1", 1, "Aksholgom", "1"),
                row("2", 1, "Bir sholgom", "1"),
                row("3", 1, "Sholgom", "1"),
                row("4", 1, "Zira", "1").replace("\"B4\"", "\"shol\""));

        assertThat(found("shol")).containsExactly("4", "3", "2", "1");
        List<String> paged = new ArrayList<>();
        String next = "";
        do {
            var page = shop.get("/api/products?search=shol&limit=1" + next);
            paged.addAll(texts(page.get("items"), "id"));
            next = page.get("next").isNull()
                    ? null
                    : "&after=" + page.get("next").asText();
        } while (next != null);
        assertThat(paged).containsExactly("4", "3", "2", "1");
    }

    @Test
    void aNameThatGrowsInItsNormalFormIsStoredAndFound() {
        shop.push(
                row("1", 1, "Щ".repeat(500), "1"),
                row("2", 1, "\ufdfa".repeat(500), "1"),
                row("3", 1, "🍎".repeat(250), "1"));

        assertThat(found("щщщ")).containsExactly("1");
        assertThat(shop.get("/api/products/count").get("products").asInt()).isEqualTo(3);
    }

    @Test
    void aPageHasAtMostTwoMegabytes() {
        String barcodes = IntStream.range(0, 300)
                .mapToObj(i -> "\"" + "9".repeat(90) + i + "\"")
                .collect(Collectors.joining(","));
        shop.pushLines(IntStream.range(0, 100)
                .mapToObj(i -> row("p" + i, 1, "Mahsulot", "1").replace("\"Bp" + i + "\"", barcodes))
                .collect(Collectors.joining("\n")));

        for (String path : List.of("/api/products?limit=1000", "/api/products/changes?after=0&limit=1000")) {
            assertThat(shop.get(path).get("items").size()).isBetween(60, 80);
        }
        assertThat(shop.get("/api/products/changes?after=0").get("items")).hasSize(100);
        assertThat(shop.get("/api/products/changes?after=0&limit=1000")
                        .get("more")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void barcodesAndArticlesAreFoundExactly() {
        shop.push(
                row("1", 1, "Anor", "1").replace("\"unit\"", "\"article\":\"AB-12\",\"unit\""),
                row("2", 1, "Banan", "1").replace("\"B2\"", "\"4780001\",\"B1\""));

        assertThat(found("4780001")).containsExactly("2");
        assertThat(found("ab-12")).containsExactly("1");
        assertThat(ids("barcode=B1")).containsExactly("1", "2");
        assertThat(ids("article=AB-12")).containsExactly("1");
        assertThat(ids("article=ab-12")).isEmpty();
        assertThat(ids("warehouse=asosiy")).containsExactly("1", "2");
        assertThat(ids("warehouse=ombor-2")).isEmpty();
    }

    @Test
    void aListIsReadPageByPage() {
        shop.push(IntStream.range(0, 25)
                .mapToObj(i -> row("p" + i, 1, "Mahsulot " + i % 7, "1"))
                .toArray(String[]::new));

        List<String> ids = new ArrayList<>();
        String next = "";
        do {
            var page = shop.get("/api/products?limit=10" + next);
            ids.addAll(texts(page.get("items"), "id"));
            next = page.get("next").isNull()
                    ? null
                    : "&after=" + page.get("next").asText();
        } while (next != null);

        assertThat(ids).hasSize(25).doesNotHaveDuplicates();
        shop.as(Role.CASHIER).get("/api/products?after=x!").then().statusCode(400);
        shop.as(Role.CASHIER).get("/api/products?limit=0").then().statusCode(400);
    }

    @Test
    void deletedAndArchivedProductsAreNotListed() {
        shop.push(
                row("1", 1, "Anor", "1"),
                row("2", 1, "Anor", "1").replace("\"unit\"", "\"archived\":true,\"unit\""),
                "{\"id\":\"3\",\"version\":1,\"deleted\":true,\"name\":\"Anor\"}");

        assertThat(found("anor")).containsExactly("1");
        assertThat(shop.get("/api/products/count").get("products").asInt()).isEqualTo(1);
        assertThat(shop.feed(0)).hasSize(3);
    }

    @Test
    void thePurchasePriceIsShownOnlyWithTheRightAndNowhereElse() {
        shop.push(row("1", 1, "Anor", "1").replace("\"unit\"", "\"purchasePrice\":\"777.5\",\"unit\""));
        String path = "/api/products/1/purchase-price";

        shop.as(Role.ADMIN).get(path).then().statusCode(403);
        String seen = io.restassured.RestAssured.given()
                .auth()
                .oauth2(Tokens.of(shop.ksbId(), Role.CASHIER)
                        .with("may_see_purchase_price", "true")
                        .sign())
                .get(path)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(Shop.tree(seen).get("purchasePrice").asText()).isEqualTo("777.5000");
        assertThat(shop.get("/api/products").toString() + shop.feed(0) + shop.get("/api/products/1"))
                .doesNotContain("777");
        uz.ksb.pos.platform.testing.Eventually.eventually(
                () -> assertThat(shop.productEvents()).hasSize(1));
        assertThat(shop.productEvents().toString()).doesNotContain("777");
    }

    @Test
    void aSearchUsesTheTrigramsAndAScanItsBarcodeIndex() throws SQLException {
        shop.pushLines(IntStream.range(0, 5000)
                .mapToObj(i -> row("p" + i, 1, "Mahsulot " + Integer.toString(i * 7919, 36), "1"))
                .collect(Collectors.joining("\n")));
        execute("vacuum analyze products");

        assertThat(plan(3, new ProductSearch.Wanted("sulot 3z9", null, null, null)))
                .contains("ix_products_search");
        assertThat(plan(2, new ProductSearch.Wanted("tz1", null, null, null)))
                .contains("Bitmap Index Scan on ix_products_search");
        assertThat(plan(0, new ProductSearch.Wanted(null, "Bp17", null, null)))
                .contains("Bitmap Index Scan on ix_products_search");
        assertThat(plan(1, new ProductSearch.Wanted("ma", null, null, null)))
                .contains("Index Scan using ix_products_search_text");
    }

    private String plan(int rank, ProductSearch.Wanted wanted) {
        ProductSearch search = new ProductSearch(shop.ksbId(), wanted, rank, null);
        StringBuilder plan = new StringBuilder();
        pool.preparedQuery("explain " + search.sql(50))
                .execute(search.parameters())
                .await()
                .atMost(Duration.ofSeconds(20))
                .forEach(row -> plan.append(row.getString(0)).append('\n'));
        return plan.toString();
    }

    private List<String> found(String words) {
        return ids("search=" + URLEncoder.encode(words, StandardCharsets.UTF_8));
    }

    private List<String> ids(String query) {
        String answer = shop.as(Role.CASHIER)
                .urlEncodingEnabled(false)
                .get("/api/products?" + query)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return texts(Shop.tree(answer).get("items"), "id");
    }
}
