package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;
import uz.ksb.pos.till.Follower;

/** Home says that the day's sum is complete, or which till owes what: also when the till that owes it is gone. */
@Tag("long")
class CompleteDayTest extends PageTest {
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String PRICE = "1500.00";

    private final Api.Login manager;

    CompleteDayTest(RunningSystem system) {
        super(system);
        this.manager = loggedIn(TillWindow.MANAGER);
    }

    /** Tills of other tests, which nobody will see again, are taken off the list, as a manager does. */
    @BeforeEach
    void forgetOtherTills() {
        for (JsonNode till : tills()) {
            String path = "/api/tills/" + till.path("deviceId").asText() + "/settlement";
            assertThat(api.post(path, manager.token(), Map.of("as", "removed", "reason", "test"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aTillThatSellsWithoutInternetIsNamedUntilItIsBack() throws Exception {
        OwnProduct product = OwnProduct.at(api, PRICE);
        TillWindow first = newTill(TillWindow.CASHIER);
        TillWindow second = newTill(TillWindow.CASHIER);
        first.opens("home");
        isWhole(first);
        second.opensSales();
        String number = sells(second, product);
        String code = number.substring(0, number.indexOf('-'));
        isWhole(first);
        first.shot("complete-day");
        try (Replica otherNode = Replica.of(system, "realtime-gateway")) {
            List<String> heard = new CopyOnWriteArrayList<>();
            try (Follower follower = onOtherNode(otherNode, heard)) {
                within(SOON, () -> assertThat(follower.isConnected()).isTrue());
                second.losesTheNetwork();
                long lost = System.nanoTime();
                for (int i = 0; i < 3; i++) {
                    sells(second, product);
                }
                second.hasUnsent(3);

                isNamed(first, code);
                assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(NAMED_WITHIN);
                within(SOON, () -> assertThat(heard).contains(code + " away"));
                first.shot("complete-day-lacking");
            }
        }
        second.hasTheNetworkAgain();
        second.hasUnsent(0);
        isWhole(first);

        second.losesTheNetwork();
        long lost = System.nanoTime();
        system.kill("sales-service");
        sells(second, product);
        isNamed(first, code);
        assertThat(Duration.ofNanos(System.nanoTime() - lost)).isLessThan(NAMED_WITHIN);
        second.hasTheNetworkAgain();
        second.hasUnsent(0);
        isWhole(first);
    }

    @Test
    void goneBlockedClosedAndRemovedTillsAreToldApart() {
        TillWindow first = newTill(TillWindow.MANAGER);
        Api.Login gone = reporting();
        Api.Login blocked = reporting();
        Api.Login removed = reporting();
        TillWindow closed = newTill(TillWindow.CASHIER);
        first.opens("home");
        isWhole(first);
        String closedDevice = deviceOf(closed);
        closed.page().navigate("about:blank");
        block(blocked);
        within(NAMED_WITHIN, () -> {
            assertThat(stateOf(closedDevice)).isEqualTo("closed");
            assertThat(stateOf(blocked.deviceId())).isEqualTo("blocked");
            assertThat(stateOf(gone.deviceId())).isEqualTo("away");
        });
        first.at("complete-day").click();
        Locator gonesRow = row(first, gone);
        Locator removedsRow = row(first, removed);
        assertThat(gonesRow).hasAttribute("data-state", "away");
        assertThat(row(first, blocked)).hasAttribute("data-state", "blocked");
        first.shot("tills");
        settles(first, removedsRow, "remove");
        assertThat(removedsRow).hasCount(0);
        settles(first, gonesRow, "close");
        assertThat(gonesRow).hasAttribute("data-state", "closed");
        first.opens("home");
        isWhole(first);
        // It was only believed to be gone: heard again, it counts again.
        report(gone, Map.of("unsent", 1, "lastSequence", 1));
        assertThat(first.at("complete-day")).hasAttribute("data-state", "lacking");
        report(gone, Map.of("unsent", 0));
        report(removed, Map.of("unsent", 0));
    }

    @Test
    void theTillTellsWhatIsWrongWithItself() {
        TillWindow till = newTill(TillWindow.CASHIER);
        till.opens("till");
        assertThat(till.at("till-version")).not().isEmpty();
        assertThat(till.at("till-clock")).containsText(Pattern.compile("-?\\d+"));
        assertThat(till.at("till-browser")).containsText("Chrome/");
        till.scans("4780001234567");
        assertThat(till.at("till-scan")).hasText("4780001234567");
        till.page().evaluate("""
                () => {
                  window.print = () => {
                    window.testPrinted = document.querySelector('.print-area').textContent;
                  };
                }""");
        till.at("till-print").click();
        till.page().waitForFunction("() => window.testPrinted?.includes('Қ қ')");
        String warnings = till.at("till-verdict").getAttribute("data-warnings");
        String device = deviceOf(till);
        within(SOON, () -> assertThat(String.join(" ", texts(told(device).path("warnings"))))
                .isEqualTo(warnings));
        till.shot("till-state");
    }

    private Follower onOtherNode(Replica node, List<String> heard) {
        Api.Login login = loggedIn(TillWindow.CASHIER);
        int port = URI.create(node.address()).getPort();
        return new Follower(List.of(port), login::token, "tills", event -> {
            JsonNode till = event.path("data");
            heard.add(till.path("code").asText() + " " + till.path("state").asText());
        });
    }

    /** A till that is no browser: it tells once that it works, and then nothing more. */
    private Api.Login reporting() {
        Api.Login till = loggedIn(TillWindow.CASHIER);
        report(till, Map.of("unsent", 0));
        return till;
    }

    private void report(Api.Login till, Map<String, Object> report) {
        within(SOON, () -> assertThat(
                        api.put("/api/tills/me", till.token(), report).status())
                .isEqualTo(200));
    }

    /** @param how {@code close} or {@code remove} */
    private static void settles(TillWindow window, Locator row, String how) {
        row.getByTestId("till-settle").click();
        window.shows("settlement-reason").fill("kassa buzildi");
        window.at("settlement-" + how).click();
        assertThat(window.at("settlement")).hasCount(0);
    }

    private Locator row(TillWindow window, Api.Login till) {
        return window.page()
                .locator("[data-testid=till-row][data-till='"
                        + told(till.deviceId()).path("code").asText() + "']");
    }

    private static String deviceOf(TillWindow window) {
        return (String) window.page().evaluate("""
                () => new Promise(resolve => {
                  const opening = indexedDB.open('ksb-pos');
                  opening.onsuccess = () => {
                    const device = opening.result.transaction('device').objectStore('device').get('this');
                    device.onsuccess = () => {
                      opening.result.close();
                      resolve(device.result.deviceId);
                    };
                  };
                })""");
    }

    private String stateOf(String deviceId) {
        return told(deviceId).path("state").asText();
    }

    private JsonNode told(String deviceId) {
        for (JsonNode till : tills()) {
            if (till.path("deviceId").asText().equals(deviceId)) {
                return till;
            }
        }
        throw new AssertionError("there is no till " + deviceId);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private JsonNode tills() {
        return api.get("/api/tills?limit=1000", manager.token()).json().path("items");
    }

    private String sells(TillWindow till, OwnProduct product) {
        till.scans(product.barcode());
        till.hasLines(1);
        return till.paysExactly();
    }

    private static void isWhole(TillWindow till) {
        assertThat(till.at("complete-day"))
                .hasAttribute(
                        "data-state", "whole", new LocatorAssertions.HasAttributeOptions().setTimeout(SOON.toMillis()));
        assertThat(till.at("complete-day")).hasText("Kun summasi to'liq ✓");
    }

    private static void isNamed(TillWindow till, String code) {
        Locator named = till.at("complete-day").locator("[data-till='" + code + "']");
        assertThat(named).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(NAMED_WITHIN.toMillis()));
        assertThat(named).containsText(code + "-kassa");
    }
}
