package uz.ksb.pos.product.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.TestInfrastructure.execute;
import static uz.ksb.pos.platform.testing.TopicWriter.publish;
import static uz.ksb.pos.product.testing.Shop.row;
import static uz.ksb.pos.product.testing.Shop.texts;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
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
    void codesOfAnyReaderFindTheProduct() {
        shop.push(
                row("1", 1, "Anor", "1").replace("\"B1\"", "\"4780001112228\""),
                row("2", 1, "Banan", "1").replace("\"unit\"", "\"article\":\"00123\",\"unit\""),
                row("3", 1, "Choy", "1").replace("\"B3\"", "\"012345678905\""));

        for (String code : List.of("4780001112228", "04780001112228", "]E04780001112228", "]C10104780001112228")) {
            assertThat(ids("barcode=" + code)).as(code).containsExactly("1");
        }
        assertThat(ids("barcode=0012345678905")).containsExactly("3");
        assertThat(ids("barcode=12345678905")).containsExactly("3");
        assertThat(found("0012345678905")).containsExactly("3");
        assertThat(ids("barcode=4780001112229")).isEmpty();
        var weighed = shop.get("/api/products?barcode=2000123012407");
        assertThat(texts(weighed.get("items"), "id")).containsExactly("2");
        assertThat(weighed.get("scanned").toString()).isEqualTo("{\"quantity\":\"1.24\",\"wrongCheckDigit\":false}");
        assertThat(shop.get("/api/products?barcode=2000123012400")
                        .get("scanned")
                        .toString())
                .isEqualTo("{\"quantity\":\"1.24\",\"wrongCheckDigit\":true}");
        assertThat(shop.get("/api/products?barcode=01047800011122283103001240")
                        .get("scanned")
                        .get("quantity")
                        .asText())
                .isEqualTo("1.24");
    }

    @Test
    void thePatternsOfWeighedBarcodesAreTheEnterprises() {
        shop.push(row("2", 1, "Banan", "1").replace("\"unit\"", "\"article\":\"123\",\"unit\""));
        publish(
                Topics.SETTINGS,
                new CloudEvent(Ids.next(), "enterprise.changed", "test", Instant.now(), null, shop.ksbId(), null),
                "{\"version\":2,\"weighedBarcodes\":[\"22IIIIWWWWWWC\"]}");

        eventually(() -> assertThat(ids("barcode=2201234056789")).containsExactly("2"));
        assertThat(ids("barcode=2000123012407")).isEmpty();
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
    void searchesFollowEachChangeOfAProduct() {
        String archived = row("1", 3, "Nok", "1").replace("\"unit\"", "\"archived\":true,\"unit\"");

        shop.push(row("1", 1, "Anor", "1"));
        shop.push(row("1", 2, "Nok", "1").replace("\"B1\"", "\"B7\""));
        assertThat(found("anor")).isEmpty();
        assertThat(ids("barcode=B1")).isEmpty();
        assertThat(found("nok")).containsExactly("1");
        assertThat(ids("barcode=B7")).containsExactly("1");

        shop.push(archived);
        assertThat(found("nok")).isEmpty();
        shop.push(row("1", 4, "Nok", "1"));
        assertThat(found("nok")).containsExactly("1");
        shop.push("{\"id\":\"1\",\"version\":5,\"deleted\":true,\"name\":\"Nok\"}");
        assertThat(found("nok")).isEmpty();
    }

    @Test
    void conditionsHoldBesideEachOther() {
        shop.push(
                row("1", 1, "Anor", "1").replace("\"unit\"", "\"article\":\"A1\",\"unit\""),
                row("2", 1, "Qizil anor", "1").replace("\"unit\"", "\"article\":\"A1\",\"unit\""),
                row("3", 1, "Anor", "1"));

        assertThat(ids("article=A1&search=anor")).containsExactly("1", "2");
        assertThat(ids("article=A1&barcode=B2")).containsExactly("2");
        assertThat(ids("article=A1&search=nok")).isEmpty();
        assertThat(ids("warehouse=asosiy&search=nor")).containsExactly("3", "1", "2");
        assertThat(ids("warehouse=ombor-2&search=anor")).isEmpty();
        assertThat(ids("barcode=B3&search=anor")).containsExactly("3");
        assertThat(ids("barcode=B3&search=B3")).containsExactly("3");
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
        eventually(() -> assertThat(shop.productEvents()).hasSize(1));
        assertThat(shop.productEvents().toString()).doesNotContain("777");
    }

    @Test
    void aSearchUsesTheTrigramsAndAScanItsBarcodeIndex() throws SQLException {
        shop.push(row("p0", 1, "Birinchi", "1"));
        execute("analyze products", "analyze product_texts", "analyze product_changes");
        shop.pushLines(IntStream.range(0, 5000)
                .mapToObj(i -> row("p" + i, 1, "Mahsulot " + Integer.toString(i * 7919, 36), "1"))
                .collect(Collectors.joining("\n")));
        assertPlans("as they were when the table was small");
        execute("vacuum analyze products", "vacuum analyze product_texts", "analyze product_changes");
        assertPlans("as they are");
    }

    private void assertPlans(String statistics) {
        assertThat(plan(search(3, "sulot 3z9"), search(3, "sulot 3z9").sql()))
                .as(statistics)
                .contains("Bitmap Index Scan on ix_product_texts_search");
        assertThat(plan(search(2, "tz1"), search(2, "tz1").sql()))
                .as(statistics)
                .contains("Bitmap Index Scan on ix_product_texts_search");
        assertThat(plan(search(2, "tz"), search(2, "tz").firstSql()))
                .as(statistics)
                .contains("using ix_product_texts_order");
        assertThat(plan(search(1, "ma"), search(1, "ma").sql()))
                .as(statistics)
                .contains("using ix_product_texts_order");
        ProductSearch scan = search(0, new ProductSearch.Wanted(null, List.of(), "Bp17", null, null));
        assertThat(plan(scan, scan.sql())).as(statistics).contains("Bitmap Index Scan on ix_product_texts_search");
        ProductSearch article = search(0, new ProductSearch.Wanted(null, List.of(), null, List.of("17"), null));
        assertThat(plan(article, article.sql()))
                .as(statistics)
                .contains("ix_products_article", "pk_product_texts")
                .doesNotContain("Seq Scan");
        assertThat(explained(true, ProductSearch.PAGE, Tuple.of(shop.ksbId(), new String[] {"p1", "p2"})))
                .as(statistics)
                .contains("pk_products", "pk_product_changes")
                .doesNotContain("Seq Scan");
    }

    private ProductSearch search(int rank, String words) {
        return search(rank, new ProductSearch.Wanted(words, List.of(words), null, null, null));
    }

    private ProductSearch search(int rank, ProductSearch.Wanted wanted) {
        return new ProductSearch(shop.ksbId(), wanted, rank, null, List.of(), 50);
    }

    private String plan(ProductSearch search, String sql) {
        return explained(search.isInOrder() || !sql.equals(search.sql()), sql, search.parameters());
    }

    private String explained(boolean inOrder, String sql, Tuple parameters) {
        StringBuilder plan = new StringBuilder();
        pool.withTransaction(connection -> connection
                        .query(ProductSearch.setting(inOrder))
                        .execute()
                        .chain(() -> connection.preparedQuery("explain " + sql).execute(parameters)))
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
