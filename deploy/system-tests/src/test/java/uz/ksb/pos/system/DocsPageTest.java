package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The page at {@code /api/docs} in a browser, under the headers that the system gives it. */
@ExtendWith(SharedSystem.class)
class DocsPageTest {
    private final RunningSystem system;

    DocsPageTest(RunningSystem system) {
        this.system = system;
    }

    @Test
    void aLoginThatIsTriedCountsForTheNextRequest() {
        String device = UUID.randomUUID().toString();
        String deviceToken = system.api()
                .registerDevice(TillWindow.KSB_ID, device)
                .json()
                .path("deviceToken")
                .asText();
        try (TillBrowser browser = TillBrowser.start()) {
            Page page = browser.newTill();
            List<String> errors = new CopyOnWriteArrayList<>();
            page.onConsoleMessage(message -> {
                if (message.type().equals("error")) {
                    errors.add(message.text());
                }
            });
            page.navigate("http://localhost:" + system.portBase() + "/api/docs");

            Locator login = opened(page, "auth", "post_api_auth_login");
            login.locator("[data-param-name='X-Device-Token'] input").fill(deviceToken);
            login.locator("textarea.body-param__text")
                    .fill("{\"ksbId\":\"%s\",\"deviceId\":\"%s\",\"login\":\"kassir\",\"password\":\"%s\"}"
                            .formatted(TillWindow.KSB_ID, device, system.password()));
            login.locator("button.execute").click();
            assertThat(login.locator(".live-responses-table .response-col_status")
                            .last())
                    .containsText("200");
            Locator enterprise = opened(page, "enterprise", "get_api_enterprise");
            enterprise.locator("button.execute").click();

            assertThat(enterprise.locator(".live-responses-table")).containsText(TillWindow.KSB_ID);
            assertThat(errors).isEmpty();
        }
    }

    private static Locator opened(Page page, String tag, String operation) {
        page.locator("#operations-tag-" + tag).click();
        Locator block = page.locator("#operations-" + tag + "-" + operation);
        block.locator(".opblock-summary-control").click();
        return block;
    }
}
