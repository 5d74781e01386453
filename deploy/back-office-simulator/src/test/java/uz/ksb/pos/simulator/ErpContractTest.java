package uz.ksb.pos.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.simulator.Simulator.SECOND_SHOP;
import static uz.ksb.pos.simulator.Simulator.SHOP;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.simulator.shop.Grocery;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErpContractTest {

    private Simulator simulator;

    @BeforeAll
    void start(@TempDir Path state) {
        simulator = Simulator.start(state);
    }

    @AfterAll
    void stop() throws Exception {
        simulator.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ping",
                "users",
                "permission",
                "product_update",
                "client",
                "cash",
                "currency",
                "symbol",
                "warehouse",
                "price_type",
                "user_settings",
                "settings"
            })
    void everyReadNeedsTheRightUserAndPassword(String method) throws IOException {
        String path = "/hs/ksbmerp_pos/%s/ksb?text=pos&ksb_id=%s&device_id=d".formatted(method, SHOP);

        assertThat(simulator.send(simulator.request(path)).statusCode()).isEqualTo(401);
        assertThat(simulator
                        .send(simulator.request(path).header("Authorization", Simulator.basic("pos", "guess")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(simulator.send(simulator.erp(method, SHOP, "d")).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"remove", "recovery", "create_sales", "update_password"})
    void everyWriteNeedsTheRightUserAndPassword(String method) throws IOException {
        String path = "/hs/ksbmerp_pos/%s/ksb?text=pos&ksb_id=%s&device_id=d".formatted(method, SHOP);

        assertThat(simulator
                        .send(simulator.request(path).POST(Simulator.body(Map.of())))
                        .statusCode())
                .isEqualTo(401);
        assertThat(simulator.send(simulator.erp(method, SHOP, "d")).statusCode())
                .isEqualTo(405);
    }

    @Test
    void whatIsNotInTheContractIsRefused() throws IOException {
        assertThat(simulator.send(simulator.erp("sales", SHOP, "d")).statusCode())
                .isEqualTo(404);
        assertThat(simulator.send(simulator.erp("ping", "99999999", "d")).statusCode())
                .isEqualTo(404);
        assertThat(simulator.send(simulator.erp("ping", SHOP, "")).statusCode()).isEqualTo(400);
        assertThat(simulator
                        .send(simulator.erp("create_sales", SHOP, "d").POST(Simulator.body("no object")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(simulator
                        .send(simulator.erp("recovery", SHOP, "d").POST(Simulator.body(Map.of("ksb_id", SECOND_SHOP))))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void healthNeedsNoPassword() throws IOException {
        assertThat(simulator.send(simulator.request("/health")).statusCode()).isEqualTo(200);
    }

    @Test
    void usersComeWithTheirEnterprise() throws IOException {
        JsonNode users = simulator.get("users", SHOP, "d");

        assertThat(users.at("/enterprise/currency").asText()).isEqualTo("UZS");
        assertThat(users.path("list_users").findValuesAsText("login")).containsExactly("admin", "menejer", "kassir");
    }

    @Test
    void productsPointIntoTheirDictionaries() throws IOException {
        JsonNode delta = simulator.get("product_update", SHOP, "d");

        assertThat(delta.path("status").asText()).isEqualTo("successfully");
        assertThat(delta.path("object").asText()).isEqualTo("product_update");
        assertThat(delta.path("item")).hasSize(300).hasSameSizeAs(delta.path("detail"));
        JsonNode milk = delta.path("detail").get(90);
        assertThat(milk.path("name").asText()).isEqualTo("Sut 1%");
        assertThat(delta.path("symbol").get(milk.path("symbol").asInt()).asText())
                .isEqualTo("litr");
        assertThat(delta.path("currency").get(milk.path("currency").asInt()).asText())
                .isEqualTo("UZS");
        assertThat(delta.path("warehouse")
                        .get(milk.at("/stock/1/warehouse").asInt())
                        .asText())
                .isEqualTo("ombor-2");
        assertThat(delta.path("price_type")
                        .get(milk.at("/price/0/type").asInt())
                        .asText())
                .isEqualTo("chakana");
        assertThat(milk.at("/price/0/sale").isNumber()).isTrue();
        assertThat(milk.has("delete") && milk.has("archive") && milk.has("box")).isTrue();
    }

    @Test
    void barcodesAreDifferentAndRightAndWeighedOnesCarryTheArticle() throws IOException {
        Set<String> seen = new HashSet<>();
        for (JsonNode product : simulator.get("product_update", SHOP, "d").path("detail")) {
            String barcode = product.at("/barcodes/0").asText();

            assertThat(barcode).hasSize(13).isEqualTo(Grocery.ean13(barcode.substring(0, 12)));
            assertThat(seen.add(barcode)).isTrue();
            if (barcode.startsWith("2")) {
                assertThat(barcode.substring(2, 7))
                        .isEqualTo(product.path("article").asText());
            }
        }
        assertThat(seen).anyMatch(barcode -> barcode.startsWith("20")).anyMatch(barcode -> barcode.startsWith("478"));
    }

    @Test
    void theCheckDigitIsThatOfEan13() {
        assertThat(Grocery.ean13("400638133393")).isEqualTo("4006381333931");
    }

    @Test
    void customersOweOrHaveCreditOrNeither() throws IOException {
        JsonNode clients = simulator.get("client", SHOP, "d").path("detail");

        assertThat(clients).hasSize(60);
        assertThat(clients.get(2).at("/negative_balance/0/sum").asInt()).isEqualTo(75_000);
        assertThat(clients.get(2).path("positive_balance")).isEmpty();
        assertThat(clients.get(4).at("/positive_balance/0/currency").asText()).isEqualTo("UZS");
        assertThat(clients.get(0).path("positive_balance")).isEmpty();
        assertThat(clients.findValuesAsText("name")).doesNotHaveDuplicates();
    }

    @Test
    void referenceDataIsThatOfTheGrocery() throws IOException {
        assertThat(Simulator.ids(simulator.get("symbol", SHOP, "d"))).containsExactly("dona", "kg", "litr");
        assertThat(Simulator.ids(simulator.get("warehouse", SHOP, "d"))).containsExactly("asosiy", "ombor-2");
        assertThat(Simulator.ids(simulator.get("price_type", SHOP, "d"))).containsExactly("chakana", "ulgurji");
        assertThat(Simulator.ids(simulator.get("cash", SHOP, "d"))).containsExactly("naqd", "terminal");
        JsonNode currencies = simulator.get("currency", SHOP, "d").path("detail");
        assertThat(currencies.findValuesAsText("key")).containsExactly("UZS", "USD");
        assertThat(currencies.get(1).path("rate").asInt()).isEqualTo(12_650);
        assertThat(Simulator.ids(simulator.get("currency", SECOND_SHOP, "d"))).containsExactly("GBP");
    }

    @Test
    void withoutAFolderTheSecondShopIsEmpty() throws IOException {
        assertThat(simulator.get("product_update", SECOND_SHOP, "d").path("item"))
                .isEmpty();
        assertThat(simulator.get("client", SECOND_SHOP, "d").path("item")).isEmpty();
    }

    @Test
    void everyUserHasSettings() throws IOException {
        JsonNode users = simulator.get("user_settings", SHOP, "d").path("users");

        assertThat(users.findValuesAsText("user_name")).containsExactly("admin", "menejer", "kassir");
        JsonNode cashier = users.get(2);
        assertThat(cashier.at("/warehouse/0/main").asBoolean()).isTrue();
        assertThat(cashier.at("/price_types/1/main").asBoolean()).isFalse();
        assertThat(cashier.path("cash").findValuesAsText("type")).containsExactly("Наличные", "Пластик");
        assertThat(cashier.path("max_discount").asInt()).isEqualTo(5);
        assertThat(cashier.path("change_price").asBoolean()).isFalse();
    }

    @Test
    void aDeviceIsPermittedUnlessItIsDenied() throws IOException {
        assertThat(simulator.get("permission", SHOP, "good").path("permission").asBoolean())
                .isTrue();

        simulator.order("faults", Map.of("method", "permission", "deniedDevices", Set.of("bad")));

        assertThat(simulator.get("permission", SHOP, "good").path("permission").asBoolean())
                .isTrue();
        assertThat(simulator.get("permission", SHOP, "bad").path("permission").asBoolean())
                .isFalse();
    }

    @Test
    void aPasswordIsChangedByWhoKnowsTheOldOne() throws IOException {
        Map<String, String> change = Map.of("user_name", "kassir", "old", Simulator.PASSWORD, "new", "fresh");

        assertThat(simulator
                        .post("update_password", SHOP, "d", change)
                        .path("status")
                        .asText())
                .isEqualTo("successfully");
        assertThat(simulator
                        .post("update_password", SHOP, "d", change)
                        .path("status")
                        .asText())
                .isEqualTo("error");
    }

    @Test
    void aUsersOwnPasswordOpensPingAndNothingElse() throws IOException {
        String ping = "/hs/ksbmerp_pos/ping/ksb?text=pos&ksb_id=%s&device_id=d".formatted(SHOP);
        String right = Simulator.basic("menejer", Simulator.PASSWORD);

        assertThat(simulator
                        .send(simulator.request(ping).header("Authorization", right))
                        .statusCode())
                .isEqualTo(200);
        assertThat(simulator
                        .send(simulator.request(ping).header("Authorization", Simulator.basic("menejer", "guess")))
                        .statusCode())
                .isEqualTo(401);
        assertThat(simulator
                        .send(simulator.request(ping.replace("ping", "users")).header("Authorization", right))
                        .statusCode())
                .isEqualTo(401);
    }
}
