package uz.ksb.pos.system;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.BrowserType.LaunchPersistentContextOptions;
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

    private static final String LOCALE = "uz-Latn-UZ";
    private static final int WIDTH = 1366;
    private static final int HEIGHT = 768;

    private final Playwright playwright;
    private final Path chromium;
    private Browser browser;

    private TillBrowser(Playwright playwright, Path chromium) {
        this.playwright = playwright;
        this.chromium = chromium;
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
        return new TillBrowser(playwright, chromium);
    }

    /** A window of a till that has never been here. */
    Page newTill() {
        return newTill(WIDTH, HEIGHT);
    }

    Page newTill(int width, int height) {
        if (browser == null) {
            browser = playwright
                    .chromium()
                    .launch(new BrowserType.LaunchOptions()
                            .setExecutablePath(chromium)
                            .setArgs(QUIET));
        }
        return browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setLocale(LOCALE)
                        .setAcceptDownloads(true))
                .newPage();
    }

    /** Closes all windows of tills that were opened here. */
    void closeTills() {
        if (browser != null) {
            browser.contexts().forEach(BrowserContext::close);
        }
    }

    /** A browser of its own that keeps its data in {@code profile}: a till that can be started again. */
    BrowserContext open(Path profile) {
        return playwright
                .chromium()
                .launchPersistentContext(
                        profile,
                        new LaunchPersistentContextOptions()
                                .setExecutablePath(chromium)
                                .setArgs(QUIET)
                                .setViewportSize(WIDTH, HEIGHT)
                                .setLocale(LOCALE));
    }

    /** kill -9 of the whole browser that {@link #open} has started, as a power cut ends it. */
    static void killOutright(Path profile) {
        String folder = "--user-data-dir=" + profile;
        List<ProcessHandle> processes = ProcessHandle.current()
                .descendants()
                .filter(process -> commandLine(process).contains(folder))
                .toList();
        if (processes.isEmpty()) {
            throw new AssertionError("no browser runs in " + profile);
        }
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElse("");
    }

    @Override
    public void close() {
        if (browser != null) {
            browser.close();
        }
        playwright.close();
    }
}
