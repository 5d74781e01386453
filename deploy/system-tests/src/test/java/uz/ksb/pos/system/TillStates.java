package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Every page, dialog and state of a till, to be looked at one after the other in any language, theme and size. */
final class TillStates {

    /** Sums of ten to the fourteenth, wherever the server tells one. */
    private static final String LARGE = "100000000000000.00";

    private static final Pattern SUMS =
            Pattern.compile("\"(net|gross|returns|cash|card|debt|total|amount|discount)\":\"(-?)[0-9.]+\"");
    private static final Pattern VERSION = Pattern.compile("\"version\":[0-9]+");
    private static final String NEWEST = "\"version\":9007199254740991";

    private final TillWindow till;
    private final OwnProduct product;
    private final Map<String, Runnable> states = new LinkedHashMap<>();

    TillStates(TillWindow till, OwnProduct product) {
        this.till = till;
        this.product = product;
        states.put("home", () -> page("home"));
        states.put("home-sync", this::syncPanel);
        states.put("home-user", this::userMenu);
        states.put("sales-empty", this::emptySale);
        states.put("sales", this::sale);
        states.put("sales-search", this::search);
        states.put("sales-quantity", () -> dialog("*"));
        states.put("sales-price", () -> dialog("Control+KeyK"));
        states.put("sales-parked", () -> dialog("Control+KeyO"));
        states.put("sales-discount", () -> dialog("F6"));
        states.put("sales-customer", () -> dialog("F3"));
        states.put("sales-help", () -> dialog("F1"));
        states.put("sales-payment", () -> dialog("F9"));
        states.put("sales-done", this::done);
        states.put("returns", this::returns);
        states.put("returns-free", this::returnsWithoutReceipt);
        states.put("sales-list", this::salesList);
        states.put("sales-list-sale", () -> opensIn("sale-row", "sale-open", "sale-dialog"));
        states.put("sales-list-open", () -> tab("list-open"));
        states.put("sales-list-trash", () -> tab("list-trash"));
        states.put("sales-list-review", this::review);
        states.put("sales-list-reason", this::reason);
        states.put("customers", () -> page("customers"));
        states.put("customers-new", this::newCustomer);
        states.put("customers-card", () -> opensIn("customer-row", "customer-open", "customer-card"));
        states.put("customers-repay", this::repay);
        states.put("products", () -> page("products"));
        states.put("products-product", this::productDialog);
        states.put("products-help", () -> dialog("F1"));
        states.put("settings", () -> page("settings"));
        states.put("settings-device", this::wrongSettings);
        states.put("settings-rates", this::rates);
        states.put("settings-users", () -> tab("settings-users"));
        states.put("settings-user", () -> opensIn("user-row", "edit-user", "user-dialog"));
        states.put("settings-new-user", () -> opensIn("settings-page", "new-user", "user-dialog"));
        states.put("settings-devices", () -> tab("settings-devices"));
        states.put("settings-till", () -> opensIn("device-row", "edit-device", "device-dialog"));
        states.put("settings-block", () -> opensIn("device-row", "block", "block-dialog"));
        states.put("settings-enterprise", () -> tab("settings-enterprise"));
        states.put("till", () -> page("till"));
        states.put("tills", this::tills);
        states.put("reconciliation", this::reconciliation);
        states.put("switch-pin", this::pinDialog);
        states.put("sales-offline", this::offline);
    }

    /** From the first state to the last, in one look; {@code visitor} gets the name of each. */
    void visit(Consumer<String> visitor) {
        states.forEach((name, enter) -> {
            enter.run();
            visitor.accept(name);
        });
    }

    /** Shows the till in a language and theme, as if the cashier had chosen them. */
    void looks(String language, String theme) {
        till.hasTheNetworkAgain();
        till.page()
                .evaluate(
                        "([language, theme]) => { localStorage['ksb-pos.language'] = language;"
                                + " localStorage['ksb-pos.theme'] = theme; }",
                        new Object[] {language, theme});
        till.page().reload();
        till.shows("nav-sales");
    }

    /** From here on the server's sums are as long as they can be. */
    void haveLargeSums() {
        for (String path : new String[] {"**/api/totals*", "**/api/sales?*", "**/api/customers?*"}) {
            till.page().route(path, TillStates::enlarge);
        }
        // A sale of such a sum stays on the till.
        till.page().route(url -> url.contains("/api/sales/"), route -> {
            if (route.request().method().equals("GET")) {
                route.resume();
            } else {
                route.abort();
            }
        });
    }

    private static void enlarge(Route route) {
        var answer = route.fetch();
        String body = SUMS.matcher(answer.text()).replaceAll("\"$1\":\"$2" + LARGE + "\"");
        if (route.request().url().contains("/api/totals")) {
            body = VERSION.matcher(body).replaceAll(NEWEST);
        }
        route.fulfill(new Route.FulfillOptions().setResponse(answer).setBody(body));
    }

    private void syncPanel() {
        page("home");
        till.page()
                .locator(".sync-control .disclosure-button, .sync-control [aria-expanded]")
                .first()
                .click();
    }

    private void userMenu() {
        till.page().keyboard().press("Escape");
        till.page().locator(".tool-bar [aria-expanded]").last().click();
    }

    private void emptySale() {
        till.page().keyboard().press("Escape");
        till.opensSales();
        till.at("new-sale").click();
        till.hasLines(0);
    }

    private void sale() {
        till.opensSales();
        till.page().keyboard().press("Escape");
        till.scans(product.barcode());
        till.hasLines(1);
        // A busy machine may type the first digits of a code as slowly as a hand: they are left in the field.
        till.page().keyboard().press("Escape");
        assertThat(till.at("search")).hasValue("");
        till.page().keyboard().press("*");
        till.shows("quantity").fill("10");
        till.page().keyboard().press("Enter");
        assertThat(till.page().locator("[role=dialog]")).hasCount(0);
    }

    /** Makes the sum of the open sale as large as a figure on the screen may be. */
    void largeSale() {
        sale();
        till.page().keyboard().press("*");
        till.shows("quantity").fill("8000000000");
        till.page().keyboard().press("Enter");
        assertThat(till.page().locator("[role=dialog]")).hasCount(0);
    }

    private void search() {
        till.at("search").fill("a");
        assertThat(till.page().locator("[data-testid^=product-]").first()).isVisible();
    }

    private void dialog(String key) {
        closesDialogs();
        till.at("search").focus();
        till.page().keyboard().press("Escape");
        assertThat(till.at("search")).hasValue("");
        till.page().keyboard().press(key);
        assertThat(till.page().locator("[role=dialog]")).isVisible();
    }

    private void returns() {
        till.page().keyboard().press("Control+KeyE");
        till.shows("return-search");
    }

    private void returnsWithoutReceipt() {
        till.page().keyboard().press("F4");
        till.shows("free-search");
        till.scans(product.barcode());
        assertThat(till.at("free-line")).hasCount(1);
    }

    private void page(String name) {
        closesDialogs();
        till.opens(name);
    }

    private void salesList() {
        page("sales-list");
        assertThat(till.at("sale-row").first()).isVisible();
    }

    private void tab(String testId) {
        closesDialogs();
        till.shows(testId).click();
        assertThat(till.at(testId)).hasAttribute("aria-current", "page");
        assertThat(till.page().locator("main:not([aria-busy])")).isVisible();
    }

    /** Presses a button of the first such row and waits for its dialog. */
    private void opensIn(String row, String button, String dialog) {
        closesDialogs();
        (row.endsWith("-page") ? till.at(button) : till.at(row).first().getByTestId(button))
                .first()
                .click();
        till.shows(dialog);
    }

    private void review() {
        tab("list-review");
        till.shows("held-row");
    }

    private void reason() {
        opensIn("held-row", "take", "reason-dialog");
        till.at("reason-save").click();
        till.shows("error-reason");
    }

    private void newCustomer() {
        opensIn("customers-page", "new-customer", "new-customer-name");
    }

    private void repay() {
        closesDialogs();
        till.shows("repay-open").click();
        till.shows("repay-dialog");
    }

    private void productDialog() {
        closesDialogs();
        till.shows("search").fill(product.name());
        till.shows("product-" + product.id()).click();
        till.shows("product-dialog");
        till.shows("print-label");
    }

    private void wrongSettings() {
        tab("settings-device");
        till.shows("setting-resendSeconds").fill("2");
        till.at("save").click();
        till.shows("error-resendSeconds");
    }

    private void rates() {
        tab("settings-rates");
        till.at("show-rate-history").first().click();
        till.shows("rate-history");
    }

    private void tills() {
        page("home");
        till.shows("complete-day").click();
        assertThat(till.at("till-row").first()).isVisible();
    }

    private void reconciliation() {
        closesDialogs();
        till.shows("to-reconciliation").click();
        till.shows("reconciliation-verdict");
    }

    private void pinDialog() {
        closesDialogs();
        till.page().keyboard().press("Control+KeyU");
        till.shows("pin-dialog");
    }

    private void closesDialogs() {
        for (int tries = 0; tries < 3 && till.page().locator("[role=dialog]").count() > 0; tries++) {
            till.page().keyboard().press("Escape");
        }
        assertThat(till.page().locator("[role=dialog]")).hasCount(0);
    }

    private void offline() {
        closesDialogs();
        till.losesTheNetwork();
        till.opensSales();
        assertThat(till.page().locator(".connection-strip")).isVisible();
    }

    private void done() {
        till.at("finish").click();
        till.receipt();
    }

    Page page() {
        return till.page();
    }
}
