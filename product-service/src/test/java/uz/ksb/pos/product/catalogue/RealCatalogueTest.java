package uz.ksb.pos.product.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static uz.ksb.pos.product.testing.Shop.texts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.product.testing.Shop;

/** A real shop's catalogue, where the folder with it is there. */
@QuarkusTest
class RealCatalogueTest {
    private static final Path PRODUCTS = Path.of("../../shared/data/products.csv");
    private static final Pattern LINE = Pattern.compile("([^,]+),(\"(?:[^\"]|\"\")*\"|[^,]*),([0-9.]+),.*");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aRealShopIsLoadedAndCodesThatDifferByCaseStayDistinct() throws IOException, SQLException {
        assumeTrue(Files.exists(PRODUCTS), PRODUCTS + " is not there");
        List<String> lines = Files.readAllLines(PRODUCTS);
        Shop shop = Shop.open();

        JsonNode answer = shop.pushLines(String.join(
                "\n",
                lines.subList(1, lines.size()).stream()
                        .map(RealCatalogueTest::row)
                        .toList()));

        assertThat(answer.get("created").asInt()).isEqualTo(4070);
        List<JsonNode> feed = new ArrayList<>(shop.feed(0));
        assertThat(texts(feed, "id")).hasSize(4070).doesNotHaveDuplicates().contains("M", "m", "15056BL", "15056bl");
        assertThat(shop.get("/api/products/BANK%20CHARGES".replace("%20", " "))
                        .get("id")
                        .asText())
                .isEqualTo("BANK CHARGES");
        assertThat(feed.stream().filter(product -> product.get("prices")
                        .get(0)
                        .get("price")
                        .asText()
                        .equals("0.00")))
                .hasSize(133);
    }

    private static String row(String line) {
        Matcher fields = LINE.matcher(line);
        assertThat(fields.matches()).as(line).isTrue();
        String description = fields.group(2).startsWith("\"")
                ? fields.group(2).substring(1, fields.group(2).length() - 1).replace("\"\"", "\"")
                : fields.group(2);
        ObjectNode row = JSON.createObjectNode()
                .put("id", fields.group(1))
                .put("version", 1)
                .put("name", description.isBlank() ? fields.group(1) : description)
                .put("unit", "dona")
                .put("currency", "GBP");
        row.putArray("prices").addObject().put("priceType", "chakana").put("price", fields.group(3));
        return row.toString();
    }
}
