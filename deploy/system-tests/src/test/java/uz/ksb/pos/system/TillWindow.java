package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

/** A window of the till, with what a cashier and a scanner do in it. */
record TillWindow(Page page, RunningSystem system) {

    static final String KSB_ID = "10000001";
    static final String CASHIER = "kassir";
    static final String MANAGER = "menejer";
    static final String ADMIN = "admin";

    /** Where pictures of the till are left, to be looked at. */
    static final Path SCREENSHOTS = Path.of("target", "screenshots");

    private static final Pattern LIVE = Pattern.compile("\\blive\\b");
    private static final Pattern NUMBER = Pattern.compile("\\d+-\\d{6}");

    /** The first start on a new device: KSB-ID, then the cashier. */
    TillWindow startsFirst() {
        return startsFirst(KSB_ID, CASHIER);
    }

    TillWindow startsFirst(String ksbId, String login) {
        connects(ksbId);
        logsIn(login);
        isLive();
        return this;
    }

    void connects(String ksbId) {
        page.navigate(origin());
        shows("ksb-id").fill(ksbId);
        page.keyboard().press("Enter");
        assertThat(page.locator(".enterprise")).containsText(ksbId);
        page.keyboard().press("Enter");
        shows("password");
    }

    void logsIn(String login) {
        shows("user-" + login).click();
        shows("password").fill(system.password());
        page.keyboard().press("Enter");
        shows("nav-sales");
    }

    /** Another window of the same till; whoever works in it logs in. */
    TillWindow another() {
        TillWindow window = new TillWindow(page.context().newPage(), system);
        window.page.navigate(origin());
        window.logsIn(CASHIER);
        return window;
    }

    void isLive() {
        assertThat(page.locator(".connection")).hasClass(LIVE);
    }

    /** @param name as in {@code nav-...} */
    void opens(String name) {
        shows("nav-" + name).click();
        assertThat(at("nav-" + name)).hasAttribute("aria-current", "page");
        assertThat(page.locator("main:not([aria-busy])")).isVisible();
    }

    void opensSales() {
        opens("sales");
        assertThat(at("search")).isFocused();
    }

    /** As a scanner types: without pauses, whatever has the focus. */
    void scans(String code) {
        scans(code, "Enter");
    }

    void scans(String code, String suffix) {
        page.keyboard().type(code);
        page.keyboard().press(suffix);
    }

    /** A scanner at a keyboard in Russian: the keys are where they were, the letters are others; GS is Ctrl+]. */
    void scansOnACyrillicLayout(String code, String suffix) {
        CDPSession keys = page.context().newCDPSession(page);
        code.chars().forEach(sign -> pressed(keys, (char) sign));
        keys.detach();
        page.keyboard().press(suffix);
    }

    private static void pressed(CDPSession keys, char sign) {
        JsonObject key = new JsonObject();
        key.addProperty("type", "keyDown");
        if (sign == '\u001d') {
            key.addProperty("modifiers", 2);
            key.addProperty("code", "BracketRight");
            key.addProperty("key", "ъ");
        } else if (Character.isDigit(sign)) {
            key.addProperty("code", "Digit" + sign);
            key.addProperty("key", String.valueOf(sign));
            key.addProperty("text", String.valueOf(sign));
        } else {
            String letter = String.valueOf("фисвуапршолдьтщзйкыегмцчня".charAt(Character.toUpperCase(sign) - 'A'));
            String shown = Character.isUpperCase(sign) ? letter.toUpperCase(Locale.ROOT) : letter;
            key.addProperty("modifiers", Character.isUpperCase(sign) ? 8 : 0);
            key.addProperty("code", "Key" + Character.toUpperCase(sign));
            key.addProperty("key", shown);
            key.addProperty("text", shown);
        }
        keys.send("Input.dispatchKeyEvent", key);
        JsonObject up = new JsonObject();
        up.addProperty("type", "keyUp");
        up.add("code", key.get("code"));
        up.add("key", key.get("key"));
        keys.send("Input.dispatchKeyEvent", up);
    }

    void hasLines(int count) {
        assertThat(at("line")).hasCount(count);
    }

    /** @return the receipt's number */
    String paysInCash(String cash) {
        page.keyboard().press("F9");
        shows("pay-cash").fill(cash);
        return finishes();
    }

    /** The exact amount, by keys alone. */
    String paysExactly() {
        page.keyboard().press("F9");
        assertThat(shows("pay-cash")).isFocused();
        page.keyboard().press("Enter");
        return receipt();
    }

    String paysByCard() {
        page.keyboard().press("F9");
        Locator card = shows("pay-card");
        page.keyboard().press("F10");
        assertThat(card).not().hasValue("");
        return finishes();
    }

    String finishes() {
        at("finish").click();
        return receipt();
    }

    /** The number of the receipt that is shown, once it is. */
    String receipt() {
        Locator number = shows("receipt-number");
        assertThat(number).hasText(NUMBER);
        assertThat(at("receipt")).containsText(number.innerText());
        return number.innerText();
    }

    void losesTheNetwork() {
        page.context().setOffline(true);
    }

    void hasTheNetworkAgain() {
        page.context().setOffline(false);
    }

    void hasUnsent(int count) {
        assertThat(at("unsent")).hasAttribute("data-count", Integer.toString(count));
    }

    Locator at(String testId) {
        return page.getByTestId(testId);
    }

    Locator shows(String testId) {
        Locator found = at(testId);
        assertThat(found).isVisible();
        return found;
    }

    /** As a field shows it: its groups never part at a line's end. */
    static String grouped(long amount) {
        return String.format(Locale.ROOT, "%,d", amount).replace(',', '\u00a0');
    }

    void shot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }

    String origin() {
        return system.origin();
    }
}
