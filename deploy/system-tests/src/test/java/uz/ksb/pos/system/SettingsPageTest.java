package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;

/** The settings page: what is stored is stored once, reaches other windows, and an ADMIN lets tills in and cuts them off. */
class SettingsPageTest extends PageTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Api.Login cashier;

    SettingsPageTest(RunningSystem system) {
        super(system);
        this.cashier = loggedIn(TillWindow.CASHIER);
    }

    @Test
    void changedSettingsAreStoredOnceAndReachOtherWindows() throws SQLException {
        TillWindow till = newTill(TillWindow.CASHIER);
        TillWindow second = till.another();
        opensSettings(second, "device");
        assertThat(second.shows("setting-receiptFooter")).isVisible();
        List<String> written = new ArrayList<>();
        till.page().onRequest(request -> {
            if (request.method().equals("PUT") && request.url().endsWith("/settings")) {
                written.add(request.url());
            }
        });
        opensSettings(till, "device");
        till.shows("setting-receiptFooter");
        till.at("save").click();
        assertThat(till.page().locator(".notice").last()).containsText("hech narsa yuborilmadi");
        assertThat(written).isEmpty();

        till.at("setting-resendSeconds").fill("2");
        String footer = "Rahmat " + UUID.randomUUID();
        till.at("setting-receiptFooter").fill(footer);
        till.at("save").click();
        assertThat(till.at("error-resendSeconds")).containsText("5 dan 86400 gacha");
        assertThat(till.at("setting-receiptFooter")).hasValue(footer);
        assertThat(written).isEmpty();

        till.at("setting-resendSeconds").fill("240");
        till.at("save").click();
        assertThat(till.page().locator(".notice.good").last()).containsText("Saqlandi");
        assertThat(second.at("setting-receiptFooter")).hasValue(footer);
        till.at("save").click();
        assertThat(till.page().locator(".notice").last()).containsText("hech narsa yuborilmadi");
        assertThat(written).hasSize(1);

        String deviceId = written.getFirst().replaceAll(".*/devices/([^/]+)/settings", "$1");
        assertThat(versionsOf(deviceId)).containsExactly(1L);
        JsonNode stored = api.get(
                        "/api/devices/" + deviceId + "/settings",
                        loggedIn(TillWindow.ADMIN).token())
                .json();
        assertThat(stored.path("receiptFooter").asText()).isEqualTo(footer);
        assertThat(stored.path("resendSeconds").asInt()).isEqualTo(240);
    }

    @Test
    void anAdminLetsAWaitingTillInAndCutsAnotherOff() {
        TillWindow admin = newTill(TillWindow.ADMIN);
        try {
            approvesTills(admin, "MANUAL");
            TillWindow waiting = new TillWindow(browser.newTill(), system);
            waiting.page().navigate(system.origin());
            waiting.shows("ksb-id").fill(TillWindow.KSB_ID);
            waiting.page().keyboard().press("Enter");
            assertThat(waiting.page().locator(".enterprise")).containsText(TillWindow.KSB_ID);
            waiting.page().keyboard().press("Enter");
            assertThat(waiting.page().locator("body")).containsText("tasdiq");

            opensSettings(admin, "devices");
            Locator pending = admin.at("device-row")
                    .filter(new Locator.FilterOptions()
                            .setHas(admin.at("approve").filter(new Locator.FilterOptions().setHasText("Tasdiqlash"))));
            String deviceId = pending.first().getAttribute("data-device");
            Locator row = admin.page().locator("[data-device='" + deviceId + "']");
            row.getByTestId("approve").click();
            assertThat(row.getByTestId("device-status")).hasAttribute("data-status", "APPROVED");
            waiting.logsIn(TillWindow.CASHIER);
            waiting.isLive();

            row.getByTestId("block").click();
            admin.shows("block-yes").click();
            assertThat(row.getByTestId("device-status")).hasAttribute("data-status", "BLOCKED");
            within(LIMIT, () -> assertThat(waiting.page().locator("body").innerText())
                    .containsAnyOf("Ulanish yopilgan", "bloklangan"));
        } finally {
            approvesTills(admin, "AUTOMATIC");
        }
    }

    @Test
    void anAdminAddsAUserWhoCanLogIn() {
        TillWindow admin = newTill(TillWindow.ADMIN);
        String login = "yangi-" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
        opensSettings(admin, "users");
        admin.shows("new-user").click();
        Locator dialog = admin.shows("user-dialog");
        dialog.getByTestId("setting-displayName").fill("Yangi kassir");
        dialog.getByTestId("setting-login").fill(TillWindow.ADMIN);
        dialog.getByTestId("setting-password").fill("yashirin-1");
        dialog.getByTestId("save").click();
        // The login is taken: said at its field, and nothing typed is lost.
        assertThat(dialog.getByTestId("error-login")).containsText("band");
        assertThat(dialog.getByTestId("setting-displayName")).hasValue("Yangi kassir");
        dialog.getByTestId("setting-login").fill(login);
        dialog.getByTestId("save").click();
        assertThat(admin.at("user-dialog")).hasCount(0);
        assertThat(admin.page().locator("[data-user='" + login + "']")).containsText("Yangi kassir");

        String deviceId = UUID.randomUUID().toString();
        String token = api.registerDevice(TillWindow.KSB_ID, deviceId)
                .json()
                .path("deviceToken")
                .asText();
        assertThat(api.login(TillWindow.KSB_ID, deviceId, token, login, "yashirin-1")
                        .status())
                .isEqualTo(200);

        admin.page()
                .locator("[data-user='" + login + "']")
                .getByTestId("edit-user")
                .click();
        admin.shows("setting-maxDiscountPercent").fill("7.5");
        admin.at("setting-active").uncheck();
        admin.at("user-dialog").getByTestId("save").click();
        assertThat(admin.at("user-dialog")).hasCount(0);
        assertThat(api.login(TillWindow.KSB_ID, deviceId, token, login, "yashirin-1")
                        .status())
                .isEqualTo(403);
        String admins = loggedIn(TillWindow.ADMIN).token();
        assertThat(api.get("/api/users/" + login + "/settings", admins)
                        .json()
                        .path("maxDiscountPercent")
                        .asText())
                .isEqualTo("7.5");
    }

    private static void opensSettings(TillWindow till, String tab) {
        till.opens("settings");
        till.shows("settings-" + tab).click();
    }

    private void approvesTills(TillWindow admin, String how) {
        if (admin.page().locator("[role=dialog]").count() > 0) {
            admin.page().keyboard().press("Escape");
        }
        opensSettings(admin, "enterprise");
        admin.shows("setting-deviceApproval").selectOption(how);
        admin.at("save").click();
        within(LIMIT, () -> assertThat(api.get("/api/enterprise", cashier.token())
                        .json()
                        .path("deviceApproval")
                        .asText())
                .isEqualTo(how));
    }

    private List<Long> versionsOf(String deviceId) throws SQLException {
        try (Connection database = system.database("settings");
                PreparedStatement question = database.prepareStatement(
                        "select s.version from device_settings s join devices d on d.id = s.id where d.device_id = ?")) {
            question.setObject(1, UUID.fromString(deviceId));
            List<Long> versions = new ArrayList<>();
            try (ResultSet rows = question.executeQuery()) {
                while (rows.next()) {
                    versions.add(rows.getLong(1));
                }
            }
            return versions;
        }
    }
}
