package uz.ksb.pos.product.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.product.testing.Shop.row;
import static uz.ksb.pos.product.testing.Shop.texts;

import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.platform.testing.TestInfrastructure;
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
    void oneOrTwoLettersAreTheBeginningOfTheName() {
        shop.push(row("1", 1, "Anor", "1"), row("2", 1, "Banan", "1"), row("3", 1, "Ananas", "1"));

        assertThat(found("an")).containsExactly("3", "1");
        assertThat(found("a")).containsExactly("3", "1");
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
            var page = shop.get("/api/products?limit=10&after=" + next);
            ids.addAll(texts(page.get("items"), "id"));
            next = page.get("next").isNull() ? null : page.get("next").asText();
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
        try (Connection database = TestInfrastructure.database()) {
            database.createStatement().execute("vacuum analyze products");
        }

        assertThat(plan(new ProductSearch.Wanted("sulot 3z9", null, null, null)))
                .contains("ix_products_search");
        assertThat(plan(new ProductSearch.Wanted("tz1", null, null, null)))
                .contains("Bitmap Index Scan on ix_products_search");
        assertThat(plan(new ProductSearch.Wanted(null, "Bp17", null, null)))
                .contains("Bitmap Index Scan on ix_products_search");
        assertThat(plan(new ProductSearch.Wanted("ma", null, null, null)))
                .contains("Index Scan using ix_products_search_text")
                .doesNotContain("Sort");
    }

    private String plan(ProductSearch.Wanted wanted) {
        ProductSearch search = new ProductSearch(shop.ksbId(), wanted, null);
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
