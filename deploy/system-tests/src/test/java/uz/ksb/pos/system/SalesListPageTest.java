package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;

/** The list of sales: equal to the API, live, with one action for each; returns in pieces; what a manager decides. */
class SalesListPageTest extends PageTest {

    private static final Duration LIMIT = Duration.ofSeconds(45);

    private final Api.Login manager;
    private final OwnProduct product;

    SalesListPageTest(RunningSystem system) {
        super(system);
        this.manager = loggedIn(TillWindow.MANAGER);
        this.product = OwnProduct.at(api, "3333.00");
    }

    @AfterEach
    void backOfficeWorks() {
        system.backOffice().worksAgain();
    }

    @Test
    void eachSaleTellsHowItStandsAndWhatHelps() {
        TillWindow till = newTill(TillWindow.MANAGER);
        refuseAll();
        Locator row = soldRow(till);
        assertThat(status(row)).hasAttribute("data-status", "REJECTED");
        assertThat(row.getByTestId("delivery-reason")).containsText("hisobchi");
        system.backOffice().worksAgain();
        row.getByTestId("deliver").click();
        assertThat(status(row)).hasAttribute("data-status", "DELIVERED");
        assertThat(row.getByTestId("deliver")).hasCount(0);

        refuseAll();
        row = soldRow(till);
        assertThat(status(row)).hasAttribute("data-status", "REJECTED");
        row.getByTestId("sale-open").click();
        assertThat(till.at("sale-line")).hasCount(1);
        assertThat(till.at("sale-dialog-total")).containsText(TillWindow.grouped(3333));
        till.shot("sale-dialog");
        till.at("close-delivery").click();
        decides(till, "1C ga qo'lda kiritildi");
        assertThat(status(row)).hasAttribute("data-status", "CLOSED");
        assertThat(row.getByTestId("delivery-reason")).containsText("qo'lda kiritildi");

        till.page().keyboard().press("Escape");
        within(LIMIT, () -> assertThat(shownIds(till)).isEqualTo(idsOf("status=COMPLETED&limit=50")));
        till.at("filter-delivery").selectOption("CLOSED");
        within(LIMIT, () -> assertThat(shownIds(till)).isEqualTo(idsOf("status=COMPLETED&limit=50&delivery=CLOSED")));
    }

    @Test
    void openSalesGoToTheTrashAndComeBack() {
        TillWindow till = newTill(TillWindow.MANAGER);
        till.opens("sales-list");
        till.shows("list-open").click();
        String id = UUID.randomUUID().toString();
        Api.Answer opened = api.put("/api/sales/" + id, manager.token(), openSale(id));
        assertThat(opened.isSuccess()).as(opened::body).isTrue();
        Locator row = row(till, id);
        assertThat(row).isVisible();
        row.getByTestId("sale-open").click();
        till.shows("to-trash").click();
        assertThat(row).hasCount(0);
        assertThat(statusOf(id)).isEqualTo("TRASHED");
        till.at("list-trash").click();
        assertThat(row).isVisible();
        row.getByTestId("restore").click();
        assertThat(row).hasCount(0);
        assertThat(statusOf(id)).isEqualTo("OPEN");
        till.at("list-open").click();
        assertThat(row).isVisible();
    }

    @Test
    void aReturnInThreePiecesGivesBackExactlyWhatWasPaid() {
        TillWindow till = newTill(TillWindow.MANAGER);
        till.opensSales();
        for (int i = 0; i < 3; i++) {
            till.scans(product.barcode());
        }
        assertThat(till.at("line-quantity")).hasText("3");
        till.page().keyboard().press("F6");
        till.shows("discount-percent").fill("7");
        till.page().keyboard().press("Enter");
        assertThat(till.page().locator("[role=dialog]")).hasCount(0);
        String number = till.paysByCard();
        JsonNode sold = sales("search=" + number).getFirst();
        assertThat(sold.path("total").asText()).isEqualTo("9299.07");

        till.opens("sales-list");
        row(till, sold.path("id").asText()).getByTestId("return").click();
        for (int piece = 0; piece < 3; piece++) {
            if (piece > 0) {
                till.shows("return-search").fill(number);
                till.page().keyboard().press("Enter");
            }
            till.shows("return-quantity").fill("1");
            till.shows("return-due");
            till.page().keyboard().press("F9");
            assertThat(till.at("return-line")).hasCount(0);
        }
        List<JsonNode> returns = sales("returnOf=" + sold.path("id").asText());
        assertThat(returns).hasSize(3).allMatch(one -> one.path("flags").isEmpty());
        assertThat(returns.stream()
                        .map(one -> new BigDecimal(one.path("total").asText())
                                .add(new BigDecimal(one.path("rounding").asText("0"))))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("9299.07");
    }

    @Test
    void aManagerDecidesAboutWhatWasSetAside() {
        TillWindow till = newTill(TillWindow.MANAGER);
        Api.Login cashier = loggedIn(TillWindow.CASHIER);
        FinishedSale first = sale();
        FinishedSale other = new FinishedSale(first.id(), first.currency(), first.completedAt(), product.id(), "1.00");
        batch(cashier.token(), first.document());
        batch(cashier.token(), other.document());
        batch(cashier.token(), Map.of("id", UUID.randomUUID().toString(), "currency", "UZS", "lines", List.of()));

        Api.Login stolen = loggedIn(TillWindow.CASHIER);
        block(stolen);
        List<FinishedSale> brought = new ArrayList<>();
        within(LIMIT, () -> {
            brought.clear();
            brought.addAll(List.of(sale(), sale()));
            api.postAsDevice(
                    "/api/sales/batch",
                    stolen.deviceToken(),
                    brought.stream().map(FinishedSale::document).toList());
            assertThat(held(brought.getLast().id())).isEqualTo("blocked-device");
        });
        FinishedSale taken = brought.getFirst();
        FinishedSale dismissed = brought.getLast();

        till.opens("sales-list");
        till.shows("list-review").click();
        assertThat(entry(till, taken.id())).containsText("Bloklangan kassadan");
        till.shot("review");
        entry(till, taken.id()).getByTestId("take").click();
        decides(till, "haqiqiy savdo");
        assertThat(entry(till, taken.id())).hasCount(0);
        entry(till, dismissed.id()).getByTestId("dismiss").click();
        decides(till, "o'g'irlangan kassa");
        assertThat(entry(till, dismissed.id())).hasCount(0);
        assertThat(held(taken.id())).isEmpty();
        assertThat(held(dismissed.id())).isEqualTo("dismissed");

        String conflictId = waiting("conflicts").stream()
                .filter(one -> one.path("saleId").asText().equals(first.id()))
                .map(one -> one.path("id").asText())
                .findFirst()
                .orElseThrow();
        assertThat(entry(till, conflictId)).containsText("Hisobdagisi");
        entry(till, conflictId).getByTestId("new-sale-of-conflict").click();
        decides(till, "ikkalasi ham sotilgan");
        assertThat(entry(till, conflictId)).hasCount(0);

        String unreadableId = waiting("unreadable").getFirst().path("id").asText();
        entry(till, unreadableId).getByTestId("remove").click();
        decides(till, "bo'sh savdo");
        assertThat(entry(till, unreadableId)).hasCount(0);
        assertThat(waiting("conflicts"))
                .noneMatch(one -> one.path("id").asText().equals(conflictId));
    }

    private void refuseAll() {
        system.backOffice().order(Map.of("method", "create_sales", "refuseRate", 1.0, "seed", 1));
    }

    /** Sells one piece and finds its row. */
    private Locator soldRow(TillWindow till) {
        till.opensSales();
        till.scans(product.barcode());
        till.hasLines(1);
        String number = till.paysByCard();
        till.opens("sales-list");
        return till.at("sale-row").filter(new Locator.FilterOptions().setHasText(number));
    }

    private static Locator status(Locator row) {
        return row.getByTestId("delivery-status");
    }

    private static Locator row(TillWindow till, String id) {
        return till.page().locator("[data-sale='" + id + "']");
    }

    private static Locator entry(TillWindow till, String id) {
        return till.page().locator("[data-entry='" + id + "']");
    }

    /** A decision without a reason is not taken. */
    private static void decides(TillWindow till, String reason) {
        till.shows("reason-save").click();
        till.shows("error-reason");
        till.at("setting-reason").fill(reason);
        till.at("reason-save").click();
        assertThat(till.at("reason-dialog")).hasCount(0);
    }

    private FinishedSale sale() {
        return FinishedSale.now("UZS", product.id(), "3333.00");
    }

    private void batch(String token, Map<String, Object> sale) {
        Api.Answer answer = api.post("/api/sales/batch", token, List.of(sale));
        assertThat(answer.status()).as(answer::body).isEqualTo(200);
    }

    private Map<String, Object> openSale(String id) {
        Map<String, Object> line =
                Map.of("lineId", "1", "productId", product.id(), "price", "3333.00", "quantity", "1");
        return Map.of("id", id, "revision", 0, "currency", "UZS", "lines", List.of(line));
    }

    private String statusOf(String id) {
        return api.get("/api/sales/" + id, manager.token())
                .json()
                .path("status")
                .asText();
    }

    private String held(String id) {
        return api.get("/api/sales/" + id, manager.token()).json().path("held").asText("");
    }

    private List<JsonNode> sales(String query) {
        return items("/api/sales?" + query);
    }

    /** A list of things that wait for a manager, the newest first. */
    private List<JsonNode> waiting(String what) {
        return items("/api/sales/" + what);
    }

    private List<JsonNode> items(String path) {
        JsonNode items = api.get(path, manager.token()).json().path("items");
        return StreamSupport.stream(items.spliterator(), false).toList();
    }

    private List<String> idsOf(String query) {
        return sales(query).stream().map(one -> one.path("id").asText()).toList();
    }

    private static List<String> shownIds(TillWindow till) {
        return till.at("sale-row").all().stream()
                .map(row -> row.getAttribute("data-sale"))
                .toList();
    }
}
