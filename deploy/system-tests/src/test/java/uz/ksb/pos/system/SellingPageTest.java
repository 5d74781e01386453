package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;

/** A cashier's day in a browser: first start, selling by keyboard and scanner, in several windows, without internet. */
class SellingPageTest extends PageTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int WRITTEN = 5;

    private final Api.Login other;

    SellingPageTest(RunningSystem system) {
        super(system);
        this.other = loggedIn(TillWindow.CASHIER);
    }

    @Test
    void aCashierSellsOnlineAndOfflineEachSaleOnce() {
        OwnProduct product = OwnProduct.at(api, "12500.00");
        TillWindow till = newTill(TillWindow.CASHIER);
        till.opensSales();

        till.scans(product.barcode(), "Enter");
        till.scans(product.barcode(), "Tab");
        till.hasLines(1);
        assertThat(till.at("line-quantity")).hasText("2");
        assertThat(till.at("search")).hasValue("");
        String online = till.paysInCash("100000");
        assertThat(till.at("receipt-change")).hasText("75 000 so'm");

        till.losesTheNetwork();
        till.scans(product.barcode());
        till.hasLines(1);
        String offline = till.paysByCard();
        till.hasUnsent(1);
        till.hasTheNetworkAgain();
        till.hasUnsent(0);

        assertThat(sold(online)).hasSize(1);
        assertThat(sold(offline)).hasSize(1);
        assertThat(sold(online).getFirst().path("change").asText()).isEqualTo("75000.00");
    }

    @Test
    void twoWindowsShowOneOpenSaleAndLoseNoScan() {
        OwnProduct product = OwnProduct.at(api, "8000.00");
        TillWindow one = newTill(TillWindow.CASHIER);
        one.opensSales();
        one.scans(product.barcode());
        one.hasLines(1);
        TillWindow two = one.another();
        two.opensSales();
        assertThat(two.at("line-quantity")).hasText("1");

        two.scans(product.barcode());
        one.scans(product.barcode());

        for (TillWindow window : List.of(one, two)) {
            assertThat(window.at("line-quantity")).hasText("3");
            assertThat(window.at("sale-total")).containsText("24 000");
        }
    }

    @Test
    void twoTillsWriteOneOpenSaleAndLoseNoLine() {
        OwnProduct ours = OwnProduct.at(api, "5000.00");
        OwnProduct theirs = OwnProduct.at(api, "700.00");
        TillWindow till = newTill(TillWindow.CASHIER);
        till.opensSales();
        till.scans(ours.barcode());
        till.hasLines(1);
        String sale = till.at("sale-tab").first().getAttribute("data-sale");
        within(LIMIT, () -> assertThat(openSale(sale).path("lines")).hasSize(1));

        for (int written = 1; written <= WRITTEN; written++) {
            till.scans(ours.barcode());
            addLine(sale, theirs);
        }

        till.hasLines(1 + WRITTEN);
        assertThat(till.at("line-quantity").last()).hasText(Integer.toString(1 + WRITTEN));
        assertThat(till.at("sale-total")).containsText("33 500");
        within(LIMIT, () -> assertThat(openSale(sale).path("total").asText()).isEqualTo("33500.00"));
        till.paysExactly();
    }

    @Test
    void anotherWindowShowsWhatIsBeingPaid() {
        OwnProduct product = OwnProduct.at(api, "30000.00");
        TillWindow one = newTill(TillWindow.CASHIER);
        one.opensSales();
        one.scans(product.barcode());
        one.hasLines(1);
        TillWindow two = one.another();
        two.opensSales();

        one.page().keyboard().press("F9");
        one.shows("pay-cash").fill("20000");
        one.at("pay-card").fill("10000");

        assertThat(two.at("sale-total")).containsText("30 000");
        assertThat(two.shows("pay-cash")).hasValue(TillWindow.grouped(20_000));
        assertThat(two.at("pay-card")).hasValue(TillWindow.grouped(10_000));
        one.finishes();
        two.hasLines(0);
    }

    @Test
    void codesComeWholeInAnyLayoutAndWithSeparators() {
        String gtin = "0" + OwnProduct.at(api, "1000.00").barcode();
        OwnProduct marked = OwnProduct.at(api, "44000.00", "UZS", gtin);
        OwnProduct lettered = OwnProduct.at(api, "7000.00", "UZS", "KSB" + System.nanoTime());
        TillWindow till = newTill(TillWindow.CASHIER);
        till.opensSales();

        till.scansOnACyrillicLayout(lettered.barcode(), "Tab");
        till.hasLines(1);
        till.scansOnACyrillicLayout("01" + gtin + "21ABC12345\u001d91EE08\u001d92xYz", "Enter");
        till.hasLines(2);

        assertThat(till.at("line").first()).hasAttribute("data-product", marked.id());
        assertThat(till.at("line").last()).hasAttribute("data-product", lettered.id());
        assertThat(till.at("search")).hasValue("");
    }

    @Test
    void aPushedPriceComesWithoutReloadAndByConsentOnly() {
        OwnProduct product = OwnProduct.at(api, "12500.00");
        TillWindow till = newTill(TillWindow.CASHIER);
        till.opensSales();
        till.scans(product.barcode());
        till.hasLines(1);

        product.costs("13000.00", 2);

        assertThat(till.shows("price-changed")).containsText("12 500 → 13 000");
        assertThat(till.at("sale-total")).containsText("12 500");
        till.at("search").fill(product.id());
        assertThat(till.at("product-" + product.id())).containsText("13 000");
        till.page().keyboard().press("Escape");
        till.page().keyboard().press("F7");
        assertThat(till.at("sale-total")).containsText("13 000");
        till.paysExactly();
    }

    @Test
    void aPushedRateMovesTheHeaderAndOpenSalesByConsent() {
        OwnProduct product = OwnProduct.at(api, "2.00", "USD", "9" + System.nanoTime());
        TillWindow till = newTill(TillWindow.CASHIER);
        till.opensSales();
        setRate("12000");
        assertThat(till.at("rate")).containsText("12 000");
        till.scans(product.barcode());
        assertThat(till.at("sale-total")).containsText("24 000");

        setRate("12100");

        assertThat(till.at("rate")).containsText("12 100");
        assertThat(till.shows("price-changed")).containsText("24 000 → 24 200");
        assertThat(till.at("sale-total")).containsText("24 000");
        till.at("take-price").click();
        assertThat(till.at("sale-total")).containsText("24 200");
    }

    private JsonNode openSale(String id) {
        return api.get("/api/sales/" + id, other.token()).json();
    }

    /** As another till does: with the revision it has seen, and again when that was not the last one. */
    private void addLine(String id, OwnProduct product) {
        within(LIMIT, () -> {
            ObjectNode sale = (ObjectNode) openSale(id);
            ArrayNode lines = sale.withArray("lines");
            lines.forEach(line -> ((ObjectNode) line)
                    .retain("lineId", "productId", "name", "unit", "price", "quantity", "warehouse"));
            lines.addObject()
                    .put("lineId", UUID.randomUUID().toString())
                    .put("productId", product.id())
                    .put("name", product.name())
                    .put("price", "700.00")
                    .put("quantity", "1");
            sale.retain("id", "revision", "currency", "priceType", "warehouse", "lines");
            Api.Answer answer = api.put("/api/sales/" + id, other.token(), sale);
            assertThat(answer.status()).as(answer::body).isEqualTo(200);
        });
    }

    private void setRate(String rate) {
        Api.Login manager = loggedIn(TillWindow.MANAGER);
        Api.Answer answer = api.put("/api/currency-rates/USD", manager.token(), Map.of("rate", rate));
        assertThat(answer.status()).as(answer::body).isBetween(200, 204);
    }

    private List<JsonNode> sold(String number) {
        JsonNode found =
                api.get("/api/sales?search=" + number, other.token()).json().path("items");
        return StreamSupport.stream(found.spliterator(), false)
                .filter(sale -> sale.path("number").asText().equals(number))
                .toList();
    }
}
