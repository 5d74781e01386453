package uz.ksb.pos.settings.settings;

import static uz.ksb.pos.settings.Golden.mustLookAsIn;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.caller.Role;
import uz.ksb.pos.settings.device.DeviceStatus;
import uz.ksb.pos.settings.device.DeviceView;
import uz.ksb.pos.settings.enterprise.DeviceApproval;
import uz.ksb.pos.settings.enterprise.EnterpriseView;
import uz.ksb.pos.settings.enterprise.NegativeStock;
import uz.ksb.pos.settings.user.UserView;

@QuarkusTest
class SettingsChangedTest {
    private static final UUID USER = UUID.fromString("018f3c1e-7b2a-7c3d-9e4f-000000000001");
    private static final UUID DEVICE = UUID.fromString("018f3c1e-7b2a-7c3d-9e4f-000000000002");

    @Inject
    ObjectMapper json;

    @Test
    void theEventsLookAsPublished() {
        UserSettings settings = new UserSettings(
                "uz-Latn",
                "dark",
                "UZS",
                List.of(new UserSettings.Choice("asosiy", true)),
                List.of(new UserSettings.Choice("chakana", true)),
                List.of(new UserSettings.CashDesk(UserSettings.CashDesk.Kind.CASH, "naqd")),
                new BigDecimal("7.50"),
                false,
                false,
                true);
        mustLookAsIn("settings.changed.v1.json", json, new SettingsChanged(USER, "kassir", null, 3, settings));
        mustLookAsIn(
                "settings.changed-device.v1.json",
                json,
                new SettingsChanged(null, null, DEVICE, 1, DeviceSettings.DEFAULTS));
        mustLookAsIn("device.changed.v1.json", json, new DeviceView(DEVICE, "2", "Kassa", DeviceStatus.APPROVED, 1));
        mustLookAsIn("device.blocked.v1.json", json, new DeviceView(DEVICE, "2", "Kassa", DeviceStatus.BLOCKED, 4));
        mustLookAsIn(
                "user.disabled.v1.json",
                json,
                new UserView(USER, "kassir", "Kassir", Role.CASHIER, false, true, false, 2));
        mustLookAsIn(
                "enterprise.changed.v1.json",
                json,
                new EnterpriseView(
                        "10000001",
                        "Namuna do'koni",
                        List.of("+998 71 200 00 00"),
                        "Asia/Tashkent",
                        "UZS",
                        LocalTime.MIDNIGHT,
                        LocalDate.parse("2031-05-06"),
                        NegativeStock.WARN,
                        new TreeMap<>(Map.of("UZS", 100)),
                        new BigDecimal("25000000.00"),
                        List.of("2PIIIIIWWWWWC"),
                        DeviceApproval.MANUAL,
                        2));
    }
}
