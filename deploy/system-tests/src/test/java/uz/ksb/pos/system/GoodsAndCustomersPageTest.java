package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;

/** Products and customers: what their pages show equals the API, and changes arrive without a reload. */
class GoodsAndCustomersPageTest extends PageTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Api.Login manager;

    GoodsAndCustomersPageTest(RunningSystem system) {
        super(system);
        this.manager = loggedIn(TillWindow.MANAGER);
    }

    @Test
    void aProductIsFoundByAScanAndItsPriceChangesLive() {
        OwnProduct product = OwnProduct.at(api, "12500.00");
        TillWindow till = newTill(TillWindow.MANAGER);
        till.opens("products");
        till.shows("search");
        till.scans(product.barcode());
        assertThat(till.at("product-dialog")).containsText(product.name());
        assertThat(till.at("product-price")).containsText(TillWindow.grouped(12_500));
        assertThat(till.at("product-barcodes")).containsText(product.barcode());
        assertThat(till.at("product-stock")).containsText(TillWindow.grouped(1000));
        till.shot("product");
        product.costs("13000.00", 2);
        assertThat(till.at("product-price")).containsText(TillWindow.grouped(13_000));
        JsonNode stored =
                api.get("/api/products/" + product.id(), manager.token()).json();
        assertThat(stored.path("prices").path(0).path("price").asText()).isEqualTo("13000.00");

        till.at("setting-labels").fill("0");
        till.at("print-label").click();
        till.shows("error-labels");
        till.page()
                .evaluate("window.print = () => {"
                        + " window.labels = document.querySelectorAll('.print-area .price-label').length }");
        till.at("setting-labels").fill("3");
        till.at("print-label").click();
        till.page().waitForFunction("window.labels === 3");
    }

    @Test
    void aCustomersDebtIsShownAndPaidBack() {
        OwnProduct product = OwnProduct.at(api, "50000.00");
        TillWindow till = newTill(TillWindow.MANAGER);
        till.opens("customers");
        String name = "Qarzdor " + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        till.shows("new-customer").click();
        till.shows("new-customer-name").fill(name);
        till.at("new-customer-save").click();
        till.page().locator(".search-box input").fill(name);
        Locator row = till.at("customer-row").filter(new Locator.FilterOptions().setHasText(name));
        assertThat(row).hasCount(1);
        String id = row.getAttribute("data-customer");

        Map<String, Object> owed =
                FinishedSale.now("UZS", product.id(), "50000.00").owedBy(id);
        assertThat(api.post("/api/sales/batch", manager.token(), List.of(owed)).status())
                .isEqualTo(200);
        assertThat(row.getByTestId("balance")).containsText(TillWindow.grouped(50_000));

        row.getByTestId("customer-open").click();
        assertThat(till.at("movement")).hasCount(1);
        assertThat(till.at("movement")).hasAttribute("data-kind", "SALE");
        till.at("setting-phone").fill("+998 90 111 22 33");
        till.at("save").click();
        assertThat(till.page().locator(".notice.good").last()).containsText("Saqlandi");
        till.shot("customer-card");
        till.at("card-repay").click();
        till.shows("repay-amount").fill("20000");
        till.at("repay").click();
        assertThat(till.at("card-balance")).containsText(TillWindow.grouped(30_000));
        assertThat(till.at("movement")).hasCount(2);

        within(LIMIT, () -> {
            JsonNode customer = api.get("/api/customers/" + id, manager.token()).json();
            assertThat(customer.path("balances").path(0).path("amount").asText())
                    .isEqualTo("-30000.00");
            assertThat(customer.path("phone").asText()).isEqualTo("+998 90 111 22 33");
        });
    }
}
