package uz.ksb.pos.settings.settings;

import static org.hamcrest.Matchers.equalTo;
import static uz.ksb.pos.settings.Till.ONE;
import static uz.ksb.pos.settings.Till.OTHER;
import static uz.ksb.pos.settings.Till.as;

import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.settings.Till;

@QuarkusTest
class DeviceSettingsTest {
    private static final String SETTINGS = """
            {"resendSeconds":60,"timeoutSeconds":20,"receiptHeader":"Namuna","receiptFooter":"","receiptWidth":"MM58",
            "scan":"ADDS_LINE","askQuantity":true}""";

    @Test
    void aTillReadsAndChangesItsOwnSettings() {
        Till till = Till.of(ONE);
        String cashier = till.accessToken("kassir");

        as(cashier)
                .get(path(till))
                .then()
                .statusCode(200)
                .header("ETag", "\"0\"")
                .body("resendSeconds", equalTo(300));
        as(cashier).body(SETTINGS).put(path(till)).then().statusCode(200).header("X-Changed", "true");
        as(cashier).body(SETTINGS).put(path(till)).then().statusCode(200).header("X-Changed", "false");
        as(cashier).get(path(till)).then().header("ETag", "\"1\"").body("receiptWidth", equalTo("MM58"));
    }

    @Test
    void anotherTillsSettingsAreForAnAdminOfTheEnterpriseOnly() {
        Till till = Till.of(ONE);

        as(Till.of(ONE).accessToken("kassir")).get(path(till)).then().statusCode(403);
        as(Till.of(ONE).accessToken("admin"))
                .body(SETTINGS)
                .put(path(till))
                .then()
                .statusCode(200);
        as(Till.of(OTHER).accessToken("admin")).get(path(till)).then().statusCode(404);
        as(Till.of(OTHER).accessToken("admin"))
                .body(SETTINGS)
                .put(path(till))
                .then()
                .statusCode(404);
    }

    @Test
    void badSettingsNameTheField() {
        Till till = Till.of(ONE);

        as(till.accessToken("kassir"))
                .body(SETTINGS.replace("60", "1"))
                .put(path(till))
                .then()
                .statusCode(400)
                .body("violations[0].field", equalTo("resendSeconds"));
    }

    private static String path(Till till) {
        return "/api/devices/" + till.deviceId() + "/settings";
    }
}
