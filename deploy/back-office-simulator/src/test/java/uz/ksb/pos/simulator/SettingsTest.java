package uz.ksb.pos.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    @TempDir
    Path folder;

    @Test
    void whatIsMissingOrUnreadableIsNamed() {
        assertThatThrownBy(() -> Settings.of(Map.of())).hasMessage("SIMULATOR_PORT is missing");
        assertThatThrownBy(() -> Settings.of(Simulator.environment(folder, Map.of("SIMULATOR_PRODUCTS", "many"))))
                .hasMessageStartingWith("SIMULATOR_PRODUCTS cannot be read");
    }

    @Test
    void theGroceryHasItsLimits() {
        assertThatThrownBy(() -> Simulator.start(folder, Map.of("SIMULATOR_PRODUCTS", "299")))
                .hasMessageContaining("300 to 100000");
        assertThatThrownBy(() -> Simulator.start(folder, Map.of("SIMULATOR_CUSTOMERS", "59")))
                .hasMessageContaining("60 to 20000");
    }

    @Test
    void aFolderWithoutAFileOrWithABrokenLineIsNamed() throws Exception {
        Map<String, String> data = Map.of("SIMULATOR_DATA", folder.toString());
        assertThatThrownBy(() -> Simulator.start(folder, data)).hasMessageContaining("products.csv is missing");

        Files.writeString(folder.resolve("products.csv"), "stock_code,description,unit_price\nA,Thing,cheap\n");

        assertThatThrownBy(() -> Simulator.start(folder, data)).hasMessageContaining("products.csv, line 2");
    }

    @Test
    void aSmallFolderIsServed() throws Exception {
        Files.writeString(folder.resolve("products.csv"), "stock_code,description,unit_price\nA,,1.50\n");
        Files.writeString(folder.resolve("customers.csv"), "customer_id,country\n7,France\n");

        try (Simulator simulator = Simulator.start(folder, Map.of("SIMULATOR_DATA", folder.toString()))) {
            assertThat(simulator
                            .get("product_update", Simulator.SECOND_SHOP, "d")
                            .at("/detail/0/name")
                            .asText())
                    .isEqualTo("A");
            assertThat(simulator
                            .get("client", Simulator.SECOND_SHOP, "d")
                            .at("/detail/0/name")
                            .asText())
                    .isEqualTo("Customer 7 (France)");
        }
    }

    @Test
    void everyEnterpriseMayHaveAnEmptyShop() throws Exception {
        try (Simulator simulator = Simulator.start(folder, Map.of("SIMULATOR_ANY_ENTERPRISE", "true"))) {
            assertThat(simulator.get("product_update", "30000001", "d").path("item"))
                    .isEmpty();
            assertThat(simulator.get("symbol", "30000001", "d").path("item")).isNotEmpty();
        }
    }
}
