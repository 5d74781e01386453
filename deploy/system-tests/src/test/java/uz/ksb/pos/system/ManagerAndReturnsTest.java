package uz.ksb.pos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.till.Api;

/** A manager approves at a cashier's till, and goods come back by their receipt: by keyboard and scanner alone. */
class ManagerAndReturnsTest extends PageTest {

    private static final String PIN = "482916";

    ManagerAndReturnsTest(RunningSystem system) {
        super(system);
    }

    @Test
    void aDiscountIsApprovedByPinAndHalfOfTheSaleComesBack() {
        Api.Login admin = loggedIn(TillWindow.ADMIN);
        assertThat(api.put("/api/users/" + TillWindow.MANAGER + "/pin", admin.token(), Map.of("pin", PIN))
                        .status())
                .isEqualTo(204);
        OwnProduct product = OwnProduct.at(api, "10000.00");
        TillWindow till = newTill(TillWindow.CASHIER);
        till.opensSales();
        till.scans(product.barcode());
        till.scans(product.barcode());
        assertThat(till.at("line-quantity")).hasText("2");

        asksForDiscount(till, "10");
        types(till, "000000");
        assertThat(till.at("pin-dialog")).containsText("PIN noto'g'ri");
        till.shot("approval-wrong");
        types(till, PIN);
        assertThat(till.at("pin-dialog")).hasCount(0);
        String number = till.paysExactly();

        JsonNode sale = sales(admin, "search=" + number).path(0);
        assertThat(sale.path("total").asText()).isEqualTo("18000.00");
        assertThat(sale.path("approvedBy").asText()).isEqualTo(TillWindow.MANAGER);
        assertThat(sale.path("flags")).isEmpty();

        till.page().keyboard().press("Control+KeyE");
        assertThat(till.at("return-search")).isFocused();
        till.scans(number);
        assertThat(till.at("return-quantity")).isFocused();
        till.page().keyboard().type("1");
        assertThat(till.at("return-due")).containsText(TillWindow.grouped(9000));
        till.shot("return");
        till.page().keyboard().press("F9");
        assertThat(till.at("return-line")).hasCount(0);

        JsonNode back = sales(admin, "returnOf=" + sale.path("id").asText());
        assertThat(back).hasSize(1);
        assertThat(back.path(0).path("total").asText()).isEqualTo("9000.00");
        assertThat(back.path(0).path("flags")).isEmpty();
    }

    private static void asksForDiscount(TillWindow till, String percent) {
        till.page().keyboard().press("F6");
        assertThat(till.at("discount-percent")).isFocused();
        types(till, percent);
        assertThat(till.at("pin")).isFocused();
    }

    private static void types(TillWindow till, String text) {
        till.page().keyboard().type(text);
        till.page().keyboard().press("Enter");
    }

    private JsonNode sales(Api.Login login, String query) {
        return api.get("/api/sales?" + query, login.token()).json().path("items");
    }
}
