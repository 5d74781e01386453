package uz.ksb.pos.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class SampleShopTest {

    private final List<JsonObject> products =
            new SampleShop().products().stream().map(JsonObject.class::cast).toList();

    @Test
    void threeHundredProductsDifferByIdNameAndBarcode() {
        assertThat(products).hasSize(300);
        assertThat(products).extracting(product -> product.getString("id")).doesNotHaveDuplicates();
        assertThat(products).extracting(product -> product.getString("name")).doesNotHaveDuplicates();
        assertThat(products)
                .extracting(product -> product.getJsonArray("barcodes").getString(0))
                .doesNotHaveDuplicates()
                .allMatch(code -> code.length() == 13);
    }

    @Test
    void eachStartMakesTheSame() {
        assertThat(new SampleShop().products()).isEqualTo(new SampleShop().products());
    }
}
