package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.till.Api;

/** A till without internet, without power, without space: nothing that was sold is lost, and nothing is counted twice. */
@Tag("long")
class OfflineTillTest extends PageTest {

    private static final Duration DELIVERED_WITHIN = Duration.ofMinutes(1);
    private static final int SALES = 20;
    private static final String PRICE = "1500.00";
    private static final String RESCUE_PASSWORD = "maxfiy-so'z";

    /** Whether an open sale with this cash in its payment is stored. */
    private static final String STORED_CASH = """
            cash => new Promise(resolve => {
              const opening = indexedDB.open('ksb-pos');
              opening.onsuccess = () => {
                const sales = opening.result.transaction('sales').objectStore('sales').getAll();
                sales.onsuccess = () => {
                  opening.result.close();
                  resolve(sales.result.some(sale => sale.payment.cash === cash));
                };
              };
            })""";

    private final Api.Login other;

    @TempDir
    Path temporary;

    OfflineTillTest(RunningSystem system) {
        super(system);
        this.other = loggedIn(TillWindow.CASHIER);
    }

    @Test
    void twentySalesOutliveReloadAndRestartAndAreSentOnce() {
        OwnProduct product = OwnProduct.at(api, PRICE);
        Path profile = temporary.resolve("profile");
        List<String> numbers = new ArrayList<>();
        try (BrowserContext context = browser.open(profile)) {
            TillWindow till = window(context).startsFirst();
            till.opensSales();
            till.scans(product.barcode());
            till.hasLines(1);
            till.losesTheNetwork();
            while (numbers.size() < SALES / 2) {
                numbers.add(sellsOne(till, product, numbers.size()));
            }
            till.page().reload();
            till.hasUnsent(SALES / 2);
            assertThat(till.shows("search")).isVisible();
            while (numbers.size() < SALES) {
                numbers.add(sellsOne(till, product, numbers.size()));
            }
            till.hasUnsent(SALES);
        }
        try (BrowserContext context = browser.open(profile)) {
            context.setOffline(true);
            TillWindow till = window(context);
            till.page().navigate(till.origin());
            till.logsIn(TillWindow.CASHIER);
            till.opensSales();
            till.hasUnsent(SALES);
            TillWindow second = till.another();
            second.opensSales();
            second.hasUnsent(SALES);

            context.setOffline(false);

            till.hasUnsent(0);
            second.hasUnsent(0);
        }
        assertThat(numbers).doesNotHaveDuplicates();
        List<JsonNode> sold = soldOf(product);
        assertThat(sold).extracting(sale -> sale.path("number").asText()).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(sum(sold)).isEqualByComparingTo(new BigDecimal(PRICE).multiply(BigDecimal.valueOf(SALES)));
        within(DELIVERED_WITHIN, () -> assertThat(soldOf(product))
                .allSatisfy(
                        sale -> assertThat(sale.path("deliveryStatus").asText()).isEqualTo("DELIVERED")));
    }

    @Test
    void anAnswerThatIsLostAfterFinishingDoublesNothing() {
        OwnProduct product = OwnProduct.at(api, PRICE);
        TillWindow till = newTill(TillWindow.CASHIER);
        till.opensSales();
        till.page().route("**/completion", route -> {
            route.fetch();
            route.abort();
        });
        till.scans(product.barcode());
        till.hasLines(1);

        String number = till.paysExactly();

        till.hasUnsent(0);
        assertThat(soldOf(product))
                .extracting(sale -> sale.path("number").asText())
                .containsExactly(number);
    }

    @Test
    void aRequestThatNeverLeavesBecomesAnOfflineSale() {
        OwnProduct product = OwnProduct.at(api, PRICE);
        TillWindow till = newTill(TillWindow.CASHIER);
        till.opensSales();
        // Neither an answer nor an error: what a dead line looks like.
        till.page().route("**/completion", route -> {});
        till.scans(product.barcode());
        till.hasLines(1);

        String number = till.paysExactly();

        till.hasUnsent(0);
        assertThat(soldOf(product))
                .extracting(sale -> sale.path("number").asText())
                .containsExactly(number);
    }

    @Test
    void aBrowserKilledInThePaymentDialogComesBackToIt() {
        OwnProduct product = OwnProduct.at(api, PRICE);
        Path profile = temporary.resolve("killed");
        BrowserContext before = browser.open(profile);
        TillWindow till = window(before).startsFirst();
        till.opensSales();
        till.scans(product.barcode());
        till.hasLines(1);
        till.page().keyboard().press("F9");
        till.shows("pay-cash").fill("2000");
        assertThat(till.at("pay-change")).containsText("500");
        // The content of IndexedDB outlives the kill; a busy machine takes its time to write it.
        till.page().waitForFunction(STORED_CASH, "2000");

        TillBrowser.killOutright(profile);

        try (BrowserContext context = browser.open(profile)) {
            TillWindow again = window(context);
            again.page().navigate(again.origin());
            again.logsIn(TillWindow.CASHIER);
            assertThat(again.shows("pay-cash")).hasValue(TillWindow.grouped(2_000));
            assertThat(again.at("pay-change")).containsText("500");
            String number = again.finishes();
            again.hasUnsent(0);
            assertThat(soldOf(product))
                    .extracting(sale -> sale.path("number").asText())
                    .containsExactly(number);
        }
    }

    @Test
    void aRescueFileTakenByAnotherTillCountsEachSaleOnce() {
        OwnProduct product = OwnProduct.at(api, PRICE);
        TillWindow one = newTill(TillWindow.CASHIER);
        TillWindow two = newTill(TillWindow.CASHIER);
        one.opensSales();
        one.scans(product.barcode());
        one.hasLines(1);
        one.losesTheNetwork();
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            numbers.add(sellsOne(one, product, i));
        }
        one.opens("till");
        Download file = one.page().waitForDownload(() -> {
            one.page().locator("input[type=password]").first().fill(RESCUE_PASSWORD);
            one.page().keyboard().press("Enter");
        });
        Path saved = temporary.resolve("unsent.json");
        file.saveAs(saved);

        two.opens("till");
        two.page().locator("input[type=file]").setInputFiles(saved);
        // The chosen file is read first; until then there is only the field of the file that this till would save.
        assertThat(two.page().locator("input[type=password]")).hasCount(2);
        two.page().locator("input[type=password]").last().fill(RESCUE_PASSWORD);
        two.page().keyboard().press("Enter");
        within(DELIVERED_WITHIN, () -> assertThat(soldOf(product)).hasSize(numbers.size()));
        one.hasTheNetworkAgain();
        one.opensSales();
        one.hasUnsent(0);

        List<JsonNode> sold = soldOf(product);
        assertThat(sold).extracting(sale -> sale.path("number").asText()).containsExactlyInAnyOrderElementsOf(numbers);
        assertThat(sold).allSatisfy(sale -> assertThat(sale.path("flags")).isEmpty());
    }

    @Test
    void aDeniedDatabaseIsSaidBeforeAnythingElse() {
        Page page = browser.newTill();
        page.addInitScript("IDBFactory.prototype.open = () => { throw new DOMException('denied', 'SecurityError') }");
        page.navigate(system.origin());

        assertThat(page.getByRole(com.microsoft.playwright.options.AriaRole.ALERT))
                .isVisible();
        assertThat(page.getByTestId("ksb-id")).hasCount(0);
    }

    @Test
    void aFullDiskIsSaidBeforeTheFirstSaleAndLosesNothing() {
        OwnProduct product = OwnProduct.at(api, PRICE);
        TillWindow till = newTill(TillWindow.CASHIER);
        till.opensSales();
        String sold = sellsOne(till, product, 0);
        till.losesTheNetwork();
        sellsOne(till, product, 1);
        till.hasUnsent(1);

        fillsTheDisk(till);
        till.scans(product.barcode());

        till.shows("storage-full");
        till.page().reload();
        till.hasUnsent(1);
        till.hasTheNetworkAgain();
        till.hasUnsent(0);
        assertThat(soldOf(product))
                .extracting(sale -> sale.path("number").asText())
                .contains(sold)
                .hasSize(2);
    }

    /** Until the page is loaded anew. Chromium's own limit for an origin is ignored since version 150. */
    private static void fillsTheDisk(TillWindow till) {
        till.page().evaluate("""
                () => {
                  const put = IDBObjectStore.prototype.put;
                  IDBObjectStore.prototype.put = function (...given) {
                    const request = put.apply(this, given);
                    Object.defineProperty(this.transaction, 'error', { value: new DOMException('', 'QuotaExceededError') });
                    this.transaction.abort();
                    return request;
                  };
                }""");
    }

    /** Scans it (the first one is scanned already) and is paid to the sum. */
    private static String sellsOne(TillWindow till, OwnProduct product, int before) {
        if (before > 0 || till.at("line").count() == 0) {
            till.scans(product.barcode());
        }
        till.hasLines(1);
        return till.paysExactly();
    }

    private TillWindow window(BrowserContext context) {
        return new TillWindow(context.pages().getFirst(), system);
    }

    private List<JsonNode> soldOf(OwnProduct product) {
        JsonNode found = api.get("/api/sales?status=COMPLETED&limit=100&search=" + product.id(), other.token())
                .json()
                .path("items");
        return StreamSupport.stream(found.spliterator(), false).toList();
    }

    private static BigDecimal sum(List<JsonNode> sales) {
        return sales.stream()
                .map(sale -> new BigDecimal(sale.path("total").asText()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
