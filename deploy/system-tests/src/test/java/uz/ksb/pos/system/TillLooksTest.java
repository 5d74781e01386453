package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.ksb.pos.platform.testing.Eventually;
import uz.ksb.pos.till.Api;

/** Every page, dialog and state: nothing cut or over each other, nothing that axe finds, and pictures to be looked at. */
@Tag("long")
class TillLooksTest extends PageTest {

    private static final List<String> LANGUAGES = List.of("uz-Latn", "uz-Cyrl", "ru", "en");

    private final OwnProduct product;

    TillLooksTest(RunningSystem system) {
        super(system);
        this.product = OwnProduct.at(system.api(), "12500.00");
    }

    /** The fourth is a phone's width, the last a screen of 1366 at 200 %. */
    @ParameterizedTest
    @CsvSource({"1366, 768", "1024, 600", "800, 1280", "320, 640", "683, 384"})
    void nothingIsCutOrOverEachOther(int width, int height) {
        TillStates states = new TillStates(newTill(width, height), product);
        states.haveLargeSums();
        String check = resource("layout.js");
        List<String> faults = new ArrayList<>();
        for (String language : LANGUAGES) {
            states.looks(language, "light");
            states.visit(name -> {
                if (name.equals("sales-search")) {
                    states.largeSale();
                }
                List<String> found = found(states.page(), check);
                found.forEach(fault -> faults.add("%s %s: %s".formatted(language, name, fault)));
                if (!found.isEmpty()) {
                    shot(states.page(), "faults/%d-%s-%s".formatted(width, language, name));
                }
            });
        }
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"light", "dark"})
    void axeFindsNothing(String theme) {
        TillStates states = new TillStates(newTill(1366, 768), product);
        states.looks("uz-Latn", theme);
        List<String> violations = new ArrayList<>();
        states.visit(name -> {
            for (Rule rule : new AxeBuilder(states.page()).analyze().getViolations()) {
                rule.getNodes()
                        .forEach(node -> violations.add("%s: %s %s %s"
                                .formatted(name, rule.getId(), node.getTarget(), node.getFailureSummary())));
            }
        });
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1366, 768, desk", "800, 1280, tablet"})
    void picturesAreTakenOfEverything(int width, int height, String device) {
        TillStates states = new TillStates(newTill(width, height), product);
        for (String language : LANGUAGES) {
            for (String theme : List.of("light", "dark")) {
                states.looks(language, theme);
                states.visit(name -> shot(states.page(), "%s-%s-%s-%s".formatted(device, language, theme, name)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1366, 768, desk", "800, 1280, tablet", "320, 640, phone"})
    void theWayInIsWholeAndAccessible(int width, int height, String device) {
        String check = resource("layout.js");
        List<String> faults = new ArrayList<>();
        for (String language : List.of("uz-Latn", "ru")) {
            for (String theme : List.of("light", "dark")) {
                TillWindow till = new TillWindow(browser.newTill(width, height), system);
                till.page()
                        .addInitScript(
                                "localStorage['ksb-pos.language'] ??= '%s'; localStorage['ksb-pos.theme'] ??= '%s'"
                                        .formatted(language, theme));
                Consumer<String> look = name -> {
                    found(till.page(), check).forEach(fault -> faults.add(language + " " + name + ": " + fault));
                    new AxeBuilder(till.page())
                            .analyze()
                            .getViolations()
                            .forEach(rule -> faults.add(theme + " " + name + ": " + rule.getId()));
                    shot(till.page(), "%s-%s-%s-%s".formatted(device, language, theme, name));
                };
                till.page().navigate(till.origin());
                till.shows("ksb-id").fill("99999999");
                look.accept("ksb-id");
                till.page().keyboard().press("Enter");
                PlaywrightAssertions.assertThat(till.page().getByRole(AriaRole.ALERT))
                        .not()
                        .isEmpty();
                look.accept("ksb-id-unknown");
                till.connects(TillWindow.KSB_ID);
                look.accept("login");
                till.page().context().close();
            }
        }
        assertThat(faults).isEmpty();
    }

    @SuppressWarnings("unchecked")
    private static List<String> found(Page page, String check) {
        return (List<String>) page.evaluate(check);
    }

    /** An ADMIN sees every page and dialog. */
    private TillWindow newTill(int width, int height) {
        return new TillWindow(browser.newTill(width, height), system).startsFirst(TillWindow.KSB_ID, TillWindow.ADMIN);
    }

    /** A customer who owes something, a sale that a blocked till brings, and a rate of tomorrow: pages have something to show. */
    @BeforeAll
    void somethingWaits() {
        Api.Login stolen = loggedIn(TillWindow.CASHIER);
        String customer = UUID.randomUUID().toString();
        assertThat(api.post("/api/customers", stolen.token(), Map.of("id", customer, "name", "Abdulla aka"))
                        .isSuccess())
                .isTrue();
        Map<String, Object> owed =
                FinishedSale.now("UZS", product.id(), "12500.00").owedBy(customer);
        assertThat(api.post("/api/sales/batch", stolen.token(), List.of(owed)).status())
                .isEqualTo(200);
        block(stolen);
        String admin = loggedIn(TillWindow.ADMIN).token();
        Map<String, Object> later = Map.of(
                "rate",
                "12900",
                "validFrom",
                Instant.now().plus(Duration.ofDays(1)).toString());
        Api.Answer waiting = api.put("/api/currency-rates/USD", admin, later);
        assertThat(waiting.isSuccess()).as(waiting::body).isTrue();
        Eventually.within(Duration.ofSeconds(30), () -> {
            FinishedSale sale = FinishedSale.now("UZS", product.id(), "12500.00");
            api.postAsDevice("/api/sales/batch", stolen.deviceToken(), List.of(sale.document()));
            assertThat(api.get("/api/sales/held", admin).body()).contains(sale.id());
        });
    }

    private static void shot(Page page, String name) {
        Path file = TillWindow.SCREENSHOTS.resolve(name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file));
    }

    private static String resource(String name) {
        try (var file = TillLooksTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
