package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.till.Api;

/** A cashier's day in a browser: first start, selling by keyboard and scanner, without internet, and back. */
@ExtendWith(SharedSystem.class)
class SellingPageTest {

    private static final String KSB_ID = "10000001";
    private static final String CASHIER = "kassir";
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Pattern LIVE = Pattern.compile("\\blive\\b");

    private final RunningSystem system;

    SellingPageTest(RunningSystem system) {
        this.system = system;
    }

    @Test
    void aCashierSellsOnlineAndOfflineEachSaleOnce() {
        Api api = system.api();
        Api.Login other = api.loggedIn(KSB_ID, CASHIER);
        JsonNode product = scannable(api, other);
        String barcode = product.path("barcodes").path(0).asText();
        try (TillBrowser browser = TillBrowser.start()) {
            Page till = browser.newTill();
            startFirst(till);
            till.getByTestId("nav-sales").click();
            assertThat(till.getByTestId("search")).isFocused();

            scan(till, barcode, "Enter");
            scan(till, barcode, "Tab");
            assertThat(till.getByTestId("line")).hasCount(1);
            assertThat(till.getByTestId("line-quantity")).hasText("2");
            assertThat(till.getByTestId("search")).hasValue("");
            shot(till, "sale");
            String online = payInCash(till, "1000000");

            BrowserContext network = till.context();
            network.setOffline(true);
            scan(till, barcode, "Enter");
            assertThat(till.getByTestId("line")).hasCount(1);
            String offline = payByCard(till);
            assertThat(till.getByTestId("unsent")).hasAttribute("data-count", "1");
            shot(till, "offline");
            network.setOffline(false);
            assertThat(till.getByTestId("unsent")).hasAttribute("data-count", "0");

            assertThat(sold(api, other, online)).isEqualTo(1);
            assertThat(sold(api, other, offline)).isEqualTo(1);
        }
    }

    @Test
    void twoWindowsShowOneOpenSaleAndLoseNoScan() {
        Api api = system.api();
        String barcode = scannable(api, api.loggedIn(KSB_ID, CASHIER))
                .path("barcodes")
                .path(0)
                .asText();
        try (TillBrowser browser = TillBrowser.start()) {
            Page one = browser.newTill();
            startFirst(one);
            one.getByTestId("nav-sales").click();
            scan(one, barcode, "Enter");
            Page two = one.context().newPage();
            two.navigate(origin());
            logIn(two);
            two.getByTestId("nav-sales").click();
            assertThat(two.getByTestId("line-quantity")).hasText("1");

            scan(two, barcode, "Enter");
            scan(one, barcode, "Enter");

            assertThat(one.getByTestId("line-quantity")).hasText("3");
            assertThat(two.getByTestId("line-quantity")).hasText("3");
            assertThat(two.getByTestId("sale-total"))
                    .hasText(one.getByTestId("sale-total").innerText());
        }
    }

    private void startFirst(Page till) {
        till.navigate(origin());
        till.getByTestId("ksb-id").fill(KSB_ID);
        till.keyboard().press("Enter");
        assertThat(till.locator(".enterprise")).containsText(KSB_ID);
        till.keyboard().press("Enter");
        logIn(till);
        assertThat(till.locator(".connection")).hasClass(LIVE);
        shot(till, "home");
    }

    private void logIn(Page till) {
        till.getByTestId("user-" + CASHIER).click();
        till.getByTestId("password").fill(system.password());
        till.keyboard().press("Enter");
        assertThat(till.getByTestId("nav-sales")).isVisible();
    }

    /** As a scanner types: without pauses, whatever has the focus. */
    private static void scan(Page till, String code, String suffix) {
        till.keyboard().type(code);
        till.keyboard().press(suffix);
    }

    private static String payInCash(Page till, String cash) {
        till.keyboard().press("F9");
        till.getByTestId("pay-cash").fill(cash);
        assertThat(till.getByTestId("pay-change")).not().hasText(Pattern.compile("^0 "));
        shot(till, "payment");
        till.getByTestId("finish").click();
        return receipt(till);
    }

    private static String payByCard(Page till) {
        till.keyboard().press("F9");
        Locator card = till.getByTestId("pay-card");
        assertThat(card).isVisible();
        till.keyboard().press("F10");
        assertThat(card).not().hasValue("");
        till.getByTestId("finish").click();
        return receipt(till);
    }

    private static String receipt(Page till) {
        Locator number = till.getByTestId("receipt-number");
        assertThat(number).hasText(Pattern.compile("\\d+-\\d{6}"));
        assertThat(till.getByTestId("receipt")).containsText(number.innerText());
        return number.innerText();
    }

    /** A product that one scan finds, with a price. */
    private static JsonNode scannable(Api api, Api.Login login) {
        JsonNode found = api.get("/api/products?limit=50", login.token()).json().path("items");
        return StreamSupport.stream(found.spliterator(), false)
                .filter(product -> product.path("barcodes").path(0).asText().length() >= 8
                        && StreamSupport.stream(product.path("prices").spliterator(), false)
                                .anyMatch(price -> price.path("priceType")
                                                .asText()
                                                .equals("chakana")
                                        && new BigDecimal(price.path("price").asText()).signum() > 0))
                .findFirst()
                .orElseThrow();
    }

    private static long sold(Api api, Api.Login login, String number) {
        JsonNode found =
                api.get("/api/sales?search=" + number, login.token()).json().path("items");
        List<JsonNode> sales = StreamSupport.stream(found.spliterator(), false)
                .filter(sale -> sale.path("number").asText().equals(number))
                .toList();
        return sales.size();
    }

    private static void shot(Page till, String name) {
        till.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("selling-" + name + ".png")));
    }

    private String origin() {
        return "http://localhost:" + system.portBase();
    }
}
