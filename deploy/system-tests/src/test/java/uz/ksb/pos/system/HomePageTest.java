package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;

/** The till's own pages in a browser, against the running system: first start, login, and a sum that moves by itself. */
class HomePageTest extends PageTest {

    private static final Pattern LIVE = Pattern.compile("\\blive\\b");

    private static final List<String> MONTHS = List.of(
            "yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr", "noyabr",
            "dekabr");
    private static final List<String> CYRILLIC_MONTHS = List.of(
            "январ", "феврал", "март", "апрел", "май", "июн", "июл", "август", "сентабр", "октабр", "ноябр", "декабр");
    private static final List<String> WEEKDAYS =
            List.of("dushanba", "seshanba", "chorshanba", "payshanba", "juma", "shanba", "yakshanba");
    private static final List<String> CYRILLIC_WEEKDAYS =
            List.of("душанба", "сешанба", "чоршанба", "пайшанба", "жума", "шанба", "якшанба");

    HomePageTest(RunningSystem system) {
        super(system);
    }

    @Test
    void aSaleOfAnotherTillMovesTheSumOnTheHomePage() {
        Api.Login other = loggedIn(TillWindow.CASHIER);
        Page till = browser.newTill();
        connect(till);
        logIn(till);
        assertThat(till.locator(".connection")).hasClass(LIVE);
        assertThat(till.getByTestId("net")).hasText(shown(netNow(other)));

        sell(other, "12500.00");

        String after = shown(netNow(other));
        assertThat(till.getByTestId("net")).hasText(after);
        till.reload();
        assertThat(till.getByTestId("net")).hasText(after);
    }

    @Test
    void moneyAndDatesAreUzbekInTheBrowser() {
        Api.Login other = loggedIn(TillWindow.CASHIER);
        Page till = browser.newTill();
        connect(till);
        logIn(till);
        LocalDate today = LocalDate.parse(
                api.get("/api/totals", other.token()).json().path("date").asText());
        speaks(till, "uz-Latn");
        assertThat(till.locator(".day-sum-head .muted")).hasText(day(today, MONTHS, WEEKDAYS));
        assertThat(till.getByTestId("cash")).hasText(Pattern.compile("^\\d{1,3}(\u00a0\\d{3})*(,\\d{2})?\u00a0so'm$"));
        speaks(till, "uz-Cyrl");
        assertThat(till.locator(".day-sum-head .muted")).hasText(day(today, CYRILLIC_MONTHS, CYRILLIC_WEEKDAYS));
        assertThat(till.getByTestId("cash")).hasText(Pattern.compile("^\\d{1,3}(\u00a0\\d{3})*(,\\d{2})?\u00a0сўм$"));
    }

    private static void speaks(Page till, String language) {
        till.evaluate("language => { localStorage['ksb-pos.language'] = language; }", language);
        till.reload();
    }

    private static String day(LocalDate date, List<String> months, List<String> weekdays) {
        return "%d-%s, %s"
                .formatted(
                        date.getDayOfMonth(),
                        months.get(date.getMonthValue() - 1),
                        weekdays.get(date.getDayOfWeek().getValue() - 1));
    }

    @Test
    void anUnknownKsbIdIsRefusedInPlainWords() {
        Page till = browser.newTill();
        till.navigate(system.origin());
        till.getByLabel("KSB-ID").fill("99999999");
        till.getByRole(AriaRole.BUTTON).last().click();
        assertThat(till.getByRole(AriaRole.ALERT)).hasText("KSB-ID 99999999 topilmadi. Raqamni tekshiring.");
    }

    private void connect(Page till) {
        till.navigate(system.origin());
        assertThat(till).hasURL(Pattern.compile("/ksb-id$"));
        till.getByLabel("KSB-ID").fill(TillWindow.KSB_ID);
        till.keyboard().press("Enter");
        assertThat(till.locator(".enterprise")).containsText(TillWindow.KSB_ID);
        till.keyboard().press("Enter");
        assertThat(till).hasURL(Pattern.compile("/login$"));
    }

    private void logIn(Page till) {
        till.locator("input[name=user][value=" + TillWindow.CASHIER + "]").check();
        till.locator("input[name=password]").fill(system.password());
        till.keyboard().press("Enter");
        assertThat(till).hasURL(system.origin() + "/");
    }

    private void sell(Api.Login till, String sum) {
        FinishedSale sale = FinishedSale.now("UZS", "home-page-test", sum);
        Api.Answer answer = api.post("/api/sales/batch", till.token(), List.of(sale.document()));
        assertThat(answer.json().path(0).path("result").asText())
                .as(answer::body)
                .isEqualTo("created");
    }

    private BigDecimal netNow(Api.Login login) {
        return new BigDecimal(
                api.get("/api/totals", login.token()).json().path("net").asText());
    }

    /** As Uzbek tills write money, checked in the real browser: its own formats know no so'm. */
    private static String shown(BigDecimal net) {
        BigDecimal[] parts = net.setScale(2).divideAndRemainder(BigDecimal.ONE);
        String tiyin = parts[1].signum() == 0
                ? ""
                : "," + parts[1].abs().toPlainString().substring(2);
        return String.format(Locale.ROOT, "%,d", parts[0].longValueExact()).replace(',', ' ') + tiyin + " so'm";
    }
}
