package uz.ksb.pos.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.simulator.Simulator.SECOND_SHOP;
import static uz.ksb.pos.simulator.Simulator.SHOP;
import static uz.ksb.pos.simulator.Simulator.ids;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeltaTest extends SimulatorTest {

    private static final String FIRST = "00000001-5a0b-4000-8000-000000000000";
    private static final String SECOND = "00000002-5a0b-4000-8000-000000000000";

    private JsonNode products(String device) throws IOException {
        return simulator.get("product_update", SHOP, device);
    }

    @Test
    void whatIsNotConfirmedIsOfferedAgain() throws IOException {
        JsonNode first = products("till");
        assertThat(products("till")).isEqualTo(first);

        simulator.post(
                "remove",
                SHOP,
                "till",
                Simulator.removal("product_update", ids(first).subList(1, 299)));

        assertThat(ids(products("till"))).containsExactly(FIRST, "00000300-5a0b-4000-8000-000000000000");
    }

    @Test
    void aConfirmationIsThatOfOneDeviceOfOneEnterpriseAndOneObject() throws IOException {
        simulator.confirm(SHOP, "till", products("till"));
        simulator.confirm(SECOND_SHOP, "other", simulator.get("symbol", SECOND_SHOP, "other"));

        assertThat(products("till").path("item")).isEmpty();
        assertThat(products("other").path("item")).hasSize(300);
        assertThat(simulator.get("client", SHOP, "till").path("item")).hasSize(60);
        assertThat(simulator.get("symbol", SHOP, "other").path("item")).hasSize(3);
        assertThat(simulator.get("symbol", SECOND_SHOP, "other").path("item")).isEmpty();
    }

    @Test
    void recoveryOffersEverythingAgainToThatDevice() throws IOException {
        for (String device : List.of("till", "other")) {
            simulator.confirm(SHOP, device, products(device));
        }

        simulator.post("recovery", SHOP, "till", Map.of("ksb_id", SHOP, "device_id", "till"));

        assertThat(products("till").path("item")).hasSize(300);
        assertThat(products("other").path("item")).isEmpty();
    }

    @Test
    void aChangedProductIsInTheNextDeltaOfEveryDevice() throws IOException {
        simulator.confirm(SHOP, "till", products("till"));

        simulator.order(
                "products", Map.of("ksbId", SHOP, "id", FIRST, "name", "Olma", "prices", Map.of("chakana", 12345.67)));

        JsonNode delta = products("till");
        assertThat(ids(delta)).containsExactly(FIRST);
        assertThat(delta.at("/detail/0/name").asText()).isEqualTo("Olma");
        assertThat(delta.at("/detail/0/price/0/sale").decimalValue()).isEqualByComparingTo("12345.67");
        assertThat(delta.at("/detail/0/price/1/sale").asInt()).isEqualTo(17_100);
        assertThat(products("other").at("/detail/0/name").asText()).isEqualTo("Olma");
    }

    @Test
    void aProductCanBeAddedAndMarkedAsDeleted() throws IOException {
        simulator.order("products", Map.of("ksbId", SECOND_SHOP, "id", "new", "name", "New thing"));
        simulator.order("products", Map.of("ksbId", SECOND_SHOP, "id", "new", "deleted", true));

        JsonNode delta = simulator.get("product_update", SECOND_SHOP, "till");

        assertThat(ids(delta)).containsExactly("new");
        assertThat(delta.at("/detail/0/delete").asBoolean()).isTrue();
        simulator.confirm(SECOND_SHOP, "till", delta);
        assertThat(simulator.get("product_update", SECOND_SHOP, "till").path("item"))
                .isEmpty();
    }

    @Test
    void anImpossibleChangeIsRefusedAndChangesNothing() throws IOException {
        int status = simulator
                .send(simulator
                        .request("/_sim/products")
                        .POST(Simulator.body(Map.of("ksbId", SHOP, "id", FIRST, "unit", "tonna"))))
                .statusCode();

        assertThat(status).isEqualTo(400);
        assertThat(products("till").at("/detail/0/symbol").asInt()).isEqualTo(1);
    }

    @Test
    void aConfirmationSwallowsAChangeMadeSinceTheRead() throws IOException {
        simulator.order("faults", Map.of("method", "product_update", "changeBetweenReadAndRemove", 2));

        JsonNode read = products("till");
        simulator.confirm(SHOP, "till", read);

        assertThat(products("till").path("item")).isEmpty();
        JsonNode nightly = products("nightly");
        assertThat(read.at("/detail/0/price/0/sale").asInt()).isEqualTo(19_000);
        assertThat(nightly.at("/detail/0/price/0/sale").asInt()).isEqualTo(19_100);
        assertThat(ids(nightly)).startsWith(FIRST, SECOND);
        assertThat(nightly.at("/detail/2")).isEqualTo(read.at("/detail/2"));
    }

    @Test
    void anUnknownObjectConfirmsNothing() throws IOException {
        int status = simulator
                .send(simulator
                        .erp("remove", SHOP, "till")
                        .POST(Simulator.body(Simulator.removal("goods", List.of(FIRST)))))
                .statusCode();

        assertThat(status).isEqualTo(400);
        assertThat(simulator.inspect("confirmations").path("count").asInt()).isZero();
    }

    @Test
    void theInspectionTellsWhatWasConfirmedAndWhatIsOpen() throws IOException {
        simulator.confirm(SHOP, "till", products("till"));
        simulator.confirm(SHOP, "till", simulator.get("client", SHOP, "till"));

        JsonNode confirmations = simulator.inspect("confirmations?ksb_id=" + SHOP);

        assertThat(confirmations.path("count").asInt()).isEqualTo(2);
        assertThat(confirmations.at("/confirmed/product_update").asInt()).isEqualTo(300);
        assertThat(confirmations.at("/confirmed/client").asInt()).isEqualTo(60);
        assertThat(confirmations.at("/confirmations/0/rows/product_update").asInt())
                .isEqualTo(300);
        assertThat(confirmations.at("/open/" + SHOP + "/till/product_update").asInt())
                .isZero();
        assertThat(confirmations.at("/open/" + SHOP + "/till/symbol").asInt()).isEqualTo(3);
        assertThat(simulator
                        .inspect("confirmations?ksb_id=" + SECOND_SHOP)
                        .path("count")
                        .asInt())
                .isZero();
    }
}
