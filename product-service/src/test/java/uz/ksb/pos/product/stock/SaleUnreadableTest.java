package uz.ksb.pos.product.stock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class SaleUnreadableTest {
    private final ObjectMapper json = new ObjectMapper();

    @Test
    void theDeadLetterLooksAsItsExample() throws IOException {
        try (InputStream golden = SaleUnreadableTest.class.getResourceAsStream("/golden/sale.unreadable.v1.json")) {
            assertThat(json.<JsonNode>valueToTree(
                            new SalesConsumer.SaleUnreadable("id is missing", "{\"revision\":1}")))
                    .isEqualTo(json.readTree(golden));
        }
    }
}
