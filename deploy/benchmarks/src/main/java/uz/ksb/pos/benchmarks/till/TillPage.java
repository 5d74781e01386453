package uz.ksb.pos.benchmarks.till;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.stack.SampleShop;
import uz.ksb.pos.benchmarks.stack.Stack;

/** A till with a full catalogue, open at the sales page. */
final class TillPage implements AutoCloseable {
    private static final double FIRST_LOAD_MILLIS = 300_000;
    private static final double MEGABYTE = 1_048_576;

    /** Notes when the first product can be seen, from the beginning of the navigation. */
    private static final String NOTE_START = """
            window.usable = new Promise((resolve, reject) => {
              const row = '[data-testid="product-list"] [data-testid^="product-"]';
              const look = () => document.querySelector(row) ? resolve(performance.now()) : 0;
              new MutationObserver(look).observe(document, { subtree: true, childList: true });
              setTimeout(() => reject(new Error('no product came')), 60_000);
            });""";

    private final Playwright playwright;
    private final Page page;

    private TillPage(Playwright playwright, Page page) {
        this.playwright = playwright;
        this.page = page;
    }

    static void requireChromium() {
        if (chromium() == null) {
            throw new BenchFailed("there is no chromium here (apt-get install chromium)");
        }
    }

    private static Path chromium() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /** First start, login, and the whole catalogue. */
    static TillPage open(Stack stack, int products) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox", "--disable-gpu")));
        Page page = browser.newContext(new Browser.NewContextOptions()
                        .setViewportSize(1366, 768)
                        .setLocale("uz-Latn-UZ"))
                .newPage();
        page.addInitScript(NOTE_START);
        page.navigate("http://localhost:" + stack.port(0));
        page.getByTestId("ksb-id").fill(SampleShop.KSB_ID);
        page.keyboard().press("Enter");
        page.locator(".enterprise").waitFor();
        page.keyboard().press("Enter");
        page.getByTestId("user-kassir").click();
        page.getByTestId("password").fill(stack.password());
        page.keyboard().press("Enter");
        page.getByTestId("nav-sales").click();
        page.waitForFunction(
                "count => Number(document.querySelector('[data-testid=product-list]')?.dataset.total) >= count",
                products,
                new Page.WaitForFunctionOptions().setTimeout(FIRST_LOAD_MILLIS));
        return new TillPage(playwright, page);
    }

    /** @return milliseconds from the reload to the first products on the screen */
    double startsFromCache() {
        page.reload();
        double usable = number(page.evaluate("() => window.usable"));
        page.getByTestId("search").waitFor(new Locator.WaitForOptions());
        page.evaluate("() => {" + script() + "}");
        return usable;
    }

    /** @param what of measure.js */
    @SuppressWarnings("unchecked")
    List<Double> times(String what, List<String> texts) {
        page.setDefaultTimeout(FIRST_LOAD_MILLIS);
        return ((List<Object>) page.evaluate("([what, texts]) => measure[what](texts)", new Object[] {what, texts}))
                .stream().map(TillPage::number).toList();
    }

    /** Of the page and its workers, after a collection. */
    double heapMegabytes() {
        CDPSession session = page.context().newCDPSession(page);
        session.send("HeapProfiler.enable");
        session.send("HeapProfiler.collectGarbage");
        JsonObject usage = session.send("Runtime.getHeapUsage");
        session.detach();
        return (usage.get("usedSize").getAsDouble() + workersHeap()) / MEGABYTE;
    }

    /** The catalogue's worker is a target of its own behind the page's. */
    private double workersHeap() {
        CDPSession session = page.context().newCDPSession(page);
        List<Double> sizes = new ArrayList<>();
        List<String> workers = new ArrayList<>();
        session.on("Target.attachedToTarget", event -> {
            if (event.getAsJsonObject("targetInfo").get("type").getAsString().equals("worker")) {
                workers.add(event.get("sessionId").getAsString());
            }
        });
        session.on("Target.receivedMessageFromTarget", event -> {
            JsonObject answer =
                    JsonParser.parseString(event.get("message").getAsString()).getAsJsonObject();
            if (answer.has("result") && answer.getAsJsonObject("result").has("usedSize")) {
                sizes.add(answer.getAsJsonObject("result").get("usedSize").getAsDouble());
            }
        });
        JsonObject attach = new JsonObject();
        attach.addProperty("autoAttach", true);
        attach.addProperty("waitForDebuggerOnStart", false);
        attach.addProperty("flatten", false);
        session.send("Target.setAutoAttach", attach);
        page.waitForCondition(() -> !workers.isEmpty());
        for (String worker : workers) {
            tell(session, worker, "{\"id\":1,\"method\":\"HeapProfiler.collectGarbage\"}");
            tell(session, worker, "{\"id\":2,\"method\":\"Runtime.getHeapUsage\"}");
        }
        page.waitForCondition(() -> sizes.size() == workers.size());
        session.detach();
        return sizes.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static void tell(CDPSession session, String worker, String message) {
        JsonObject envelope = new JsonObject();
        envelope.addProperty("sessionId", worker);
        envelope.addProperty("message", message);
        session.send("Target.sendMessageToTarget", envelope);
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }

    private static String script() {
        try (var script = TillPage.class.getResourceAsStream("measure.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        playwright.close();
    }
}
