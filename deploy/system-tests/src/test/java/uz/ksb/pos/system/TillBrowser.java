package uz.ksb.pos.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The chromium of this machine; Playwright brings none of its own. */
final class TillBrowser implements AutoCloseable {

    private static final List<String> QUIET = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    /** A busy machine is slow; what comes sooner is seen sooner. */
    private static final double MAX_MILLIS = 30_000;

    private final Playwright playwright;
    private final Browser browser;

    private TillBrowser(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static TillBrowser start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(MAX_MILLIS);
        Path chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(chromium != null, "skipped: no chromium here (apt-get install chromium)");
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        return new TillBrowser(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium)
                                .setArgs(QUIET)));
    }

    /** A window of a till that has never been here. */
    Page newTill() {
        return browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1366, 768)
                        .setLocale("uz-Latn-UZ"))
                .newPage();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
