package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A new till: KSB-ID, login, first sync with its progress, home; then the wait until the next sync, wherever one looks. */
@ExtendWith(SharedSystem.class)
class TillStartTest {

    private static final Pattern COUNTDOWN = Pattern.compile("\\b0?(\\d):(\\d\\d)\\b");
    private static final Duration COOLDOWN = Duration.ofMinutes(10);
    private static final LocatorAssertions.IsVisibleOptions WITHIN_A_SYNC =
            new LocatorAssertions.IsVisibleOptions().setTimeout(120_000);

    private final RunningSystem system;

    @TempDir
    Path temporary;

    TillStartTest(RunningSystem system) {
        this.system = system;
    }

    @Test
    void theFirstSyncShowsItsProgressAndTheTimerGoesOn() {
        Path profile = temporary.resolve("profile");
        Duration last;
        try (TillBrowser browser = TillBrowser.start()) {
            try (BrowserContext context = browser.open(profile)) {
                TillWindow till = new TillWindow(context.pages().getFirst(), system).startsFirst();
                assertThat(till.page()).hasURL(till.origin() + "/");
                firstSync(till);
                last = startsAgain(till);
                for (String place : new String[] {"sales", "customers", "till", "home"}) {
                    till.opens(place);
                    last = waitsLess(till, last);
                }
                till.page().reload();
                last = waitsLess(till, last);
                last = waitsLess(till.another(), last);
            }
            try (BrowserContext context = browser.open(profile)) {
                TillWindow till = new TillWindow(context.pages().getFirst(), system);
                till.page().navigate(till.origin());
                till.logsIn(TillWindow.CASHIER);
                waitsLess(till, last);
                assertThat(till.page().locator(".first-sync")).hasCount(0);
            }
        }
    }

    private static void firstSync(TillWindow till) {
        till.page().locator(".first-sync button").click();
        assertThat(till.page().locator(".first-sync .sync-part.applied").first())
                .isVisible(WITHIN_A_SYNC);
        assertThat(till.page().locator(".first-sync"))
                .hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(120_000));
    }

    /** The first run starts no wait; the second does. */
    private static Duration startsAgain(TillWindow till) {
        Locator sync = till.at("sync");
        assertThat(sync).isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(120_000));
        sync.click();
        assertThat(till.at("sync-timer"))
                .hasText(COUNTDOWN, new LocatorAssertions.HasTextOptions().setTimeout(120_000));
        assertThat(sync).isDisabled();
        return left(till);
    }

    private static Duration waitsLess(TillWindow till, Duration before) {
        assertThat(till.at("sync-timer")).hasText(COUNTDOWN, new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        assertThat(till.at("sync")).isDisabled();
        Duration left = left(till);
        assertThat(left).isLessThanOrEqualTo(before).isLessThan(COOLDOWN).isPositive();
        return left;
    }

    private static Duration left(TillWindow till) {
        String words = till.at("sync-timer").innerText();
        Matcher time = COUNTDOWN.matcher(words);
        assertThat(time.find()).as(words).isTrue();
        return Duration.ofMinutes(Long.parseLong(time.group(1))).plusSeconds(Long.parseLong(time.group(2)));
    }
}
