package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.till.Api;

/** Tests of the till's pages: they share a browser, and each has tills of its own, which are closed after it. */
@ExtendWith(SharedSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PageTest {
    final RunningSystem system;
    final Api api;
    TillBrowser browser;

    PageTest(RunningSystem system) {
        this.system = system;
        this.api = system.api();
    }

    @BeforeAll
    void startBrowser() {
        browser = TillBrowser.start();
    }

    @AfterEach
    void closeTills() {
        browser.closeTills();
    }

    @AfterAll
    void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    /** A new till of the sample shop with somebody at it. */
    TillWindow newTill(String login) {
        return new TillWindow(browser.newTill(), system).startsFirst(TillWindow.KSB_ID, login);
    }

    /** Logs somebody of the sample shop in, at a new till that has no browser. */
    Api.Login loggedIn(String login) {
        return api.loggedIn(TillWindow.KSB_ID, login);
    }

    /** An ADMIN blocks a till; until sales-service has heard of it, its sales count. */
    void block(Api.Login till) {
        Api.Answer blocked = api.patch(
                "/api/devices/" + till.deviceId(), loggedIn(TillWindow.ADMIN).token(), Map.of("status", "BLOCKED"));
        assertThat(blocked.status()).as(blocked::body).isEqualTo(200);
    }
}
