package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Download;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.till.Api;

/** A day is compared in three places: its sums are those of an independent count, and what differs is named. */
@ExtendWith(SharedSystem.class)
class ReconciliationTest {
    private static final String IMPORTED_SHOP = "10000002";
    private static final Path DATA =
            Path.of("../../../shared/data").toAbsolutePath().normalize();
    private static final Duration REPLAY_LIMIT = Duration.ofMinutes(5);
    private static final Duration DELIVERED_WITHIN = Duration.ofMinutes(4);

    private final RunningSystem system;
    private final Api api;

    ReconciliationTest(RunningSystem system) {
        this.system = system;
        this.api = system.api();
    }

    @Test
    void aWeekOfTheRealShopEqualsAnIndependentSum() throws Exception {
        assumeTrue(Files.isDirectory(DATA), "skipped: the real shop's files (../shared/data) are not here");
        PosCommand replay = system.replay(DATA, "--sales", "sales-week.csv");
        assertThat(replay.exit(REPLAY_LIMIT)).as(replay::output).isZero();
        String manager = api.loggedIn(IMPORTED_SHOP, "menejer").token();
        JsonNode days = new ObjectMapper()
                .readTree(DATA.resolve("totals-sales-week.json").toFile())
                .path("days");
        assertThat(days).isNotEmpty();
        days.fieldNames()
                .forEachRemaining(date -> within(DELIVERED_WITHIN, () -> {
                    JsonNode day = reconciliation(manager, date);
                    assertThat(sum(day, "sales"))
                            .as(date)
                            .isEqualByComparingTo(days.path(date).path("gross").asText());
                    assertThat(sum(day, "returns"))
                            .as(date)
                            .isEqualByComparingTo(
                                    days.path(date).path("cancelled").asText());
                    assertThat(sum(day, "delivered"))
                            .as(date)
                            .isEqualByComparingTo(days.path(date).path("net").asText());
                    assertThat(kinds(day)).as(date).isEmpty();
                    assertThat(day.at("/backOffice/told").asBoolean()).isTrue();
                }));
    }

    @Test
    void whatDiffersIsNamedOnTheManagersPage() throws IOException {
        Api.Login seller = api.loggedIn(TillWindow.KSB_ID, TillWindow.CASHIER);
        Api.Login stolen = api.loggedIn(TillWindow.KSB_ID, TillWindow.CASHIER);
        String admin = api.loggedIn(TillWindow.KSB_ID, "admin").token();
        OwnProduct product = OwnProduct.at(api, "1500.00");
        List<String> sold = sells(seller, product, 1L, 2L, 4L);
        assertThat(api.patch("/api/devices/" + stolen.deviceId(), admin, Map.of("status", "BLOCKED"))
                        .status())
                .isEqualTo(200);
        within(Duration.ofMinutes(1), () -> assertThat(heldNumbers(admin, sells(stolen, product, 1L)))
                .isNotEmpty());
        within(DELIVERED_WITHIN, () -> assertThat(statusOf(admin, sold.getFirst()))
                .isEqualTo("DELIVERED"));
        assertThat(new Api("http://127.0.0.1:" + (system.portBase() + 6) + "/_sim/", null)
                        .delete("sales/" + sold.getFirst() + "?ksb_id=" + TillWindow.KSB_ID)
                        .status())
                .isEqualTo(200);
        String code = numberOf(admin, sold.getFirst()).replaceFirst("-.*", "");

        JsonNode day = reconciliation(admin, "");
        assertThat(named(day, "absent")).contains(code + "-000001");
        assertThat(named(day, "missing")).contains(code + "-000003");
        assertThat(kinds(day)).contains("held");

        try (TillBrowser browser = TillBrowser.start()) {
            TillWindow manager =
                    new TillWindow(browser.newTill(), system).startsFirst(TillWindow.KSB_ID, TillWindow.MANAGER);
            manager.shows("complete-day").click();
            manager.shows("to-reconciliation").click();
            manager.shows("reconciliation-verdict");
            var absent = manager.page()
                    .locator("[data-testid=difference][data-kind=absent][data-number='" + code + "-000001']");
            assertThat(absent).isVisible();
            assertThat(manager.page()
                            .locator("[data-testid=difference][data-kind=missing][data-number='" + code + "-000003']"))
                    .isVisible();
            manager.shot("reconciliation");
            Download table = manager.page()
                    .waitForDownload(() -> manager.at("reconciliation-csv").click());
            String text = Files.readString(table.path());
            assertThat(text).startsWith("\ufeffSana;").contains(code + "-000003");
            absent.getByTestId("difference-repeat").click();
            within(DELIVERED_WITHIN, () -> assertThat(named(reconciliation(admin, ""), "absent"))
                    .doesNotContain(code + "-000001"));
        }
    }

    private List<String> sells(Api.Login till, OwnProduct product, Long... numbers) {
        List<String> ids = new ArrayList<>();
        for (Long number : numbers) {
            FinishedSale sale = FinishedSale.now("UZS", product.id(), "1500.00");
            Map<String, Object> document = new HashMap<>(sale.document());
            document.put("deviceSequence", number);
            Api.Answer answer = api.postAsDevice("/api/sales/batch", till.deviceToken(), List.of(document));
            assertThat(answer.json().at("/0/result").asText()).as(answer::body).isEqualTo("created");
            ids.add(sale.id());
        }
        return ids;
    }

    /** Those of the sales that are held: a block is on its way for a moment. */
    private List<String> heldNumbers(String manager, List<String> ids) {
        return ids.stream()
                .filter(id -> api.get("/api/sales/" + id, manager)
                        .json()
                        .path("held")
                        .asText()
                        .equals("blocked-device"))
                .toList();
    }

    private String statusOf(String manager, String sale) {
        return api.get("/api/sales/" + sale, manager)
                .json()
                .path("deliveryStatus")
                .asText();
    }

    private String numberOf(String manager, String sale) {
        return api.get("/api/sales/" + sale, manager).json().path("number").asText();
    }

    /** @param date empty: today there */
    private JsonNode reconciliation(String manager, String date) {
        Api.Answer answer = api.get("/api/reconciliation" + (date.isEmpty() ? "" : "?date=" + date), manager);
        assertThat(answer.status()).as(answer::body).isEqualTo(200);
        return answer.json();
    }

    private static BigDecimal sum(JsonNode day, String figure) {
        return new BigDecimal(day.path("total").path(figure).path("sum").asText());
    }

    private static List<String> kinds(JsonNode day) {
        List<String> kinds = new ArrayList<>();
        day.path("differences").forEach(one -> kinds.add(one.path("kind").asText()));
        return kinds;
    }

    private static List<String> named(JsonNode day, String kind) {
        List<String> numbers = new ArrayList<>();
        day.path("differences").forEach(one -> {
            if (one.path("kind").asText().equals(kind)) {
                numbers.add(one.path("number").asText());
            }
        });
        return numbers;
    }
}
