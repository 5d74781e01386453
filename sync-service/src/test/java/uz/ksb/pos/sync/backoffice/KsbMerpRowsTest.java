package uz.ksb.pos.sync.backoffice;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.ksbmerp.KsbMerpDelta;

class KsbMerpRowsTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Map<String, List<String>> DICTIONARIES = Map.of(
            "symbol", List.of("dona"),
            "currency", List.of("UZS"),
            "warehouse", List.of("asosiy"),
            "price_type", List.of("chakana"));

    @Test
    void aRowSpeaksTheWordsOfTheIngestionTopics() {
        assertThat(offered("products", product(0)))
                .isEqualTo("{\"id\":\"p-1\",\"version\":7,\"name\":\"Shakar\",\"article\":\"A1\",\"unit\":\"dona\","
                        + "\"currency\":\"UZS\",\"barcodes\":[\"478\"],\"boxQuantity\":\"12\","
                        + "\"prices\":[{\"priceType\":\"chakana\",\"price\":\"12500\"}],"
                        + "\"stock\":[{\"warehouse\":\"asosiy\",\"quantity\":\"5.5\"}]}");
        assertThat(offered(
                        "customers",
                        "{\"name\":\"Ali\",\"phone_number\":\"+998\",\"positive_balance\":[],"
                                + "\"negative_balance\":[{\"currency\":\"UZS\",\"sum\":100.50}],\"delete\":true}"))
                .isEqualTo("{\"id\":\"p-1\",\"version\":7,\"name\":\"Ali\",\"phone\":\"+998\","
                        + "\"balances\":[{\"currency\":\"UZS\",\"amount\":\"-100.5\"}],\"deleted\":true}");
        assertThat(offered("cash-desks", "{\"name\":\"Terminal\",\"type\":\"Пластик\",\"archive\":true}"))
                .isEqualTo("{\"id\":\"p-1\",\"version\":7,\"name\":\"Terminal\",\"kind\":\"CARD\",\"archived\":true}");
        assertThat(offered("rates", "{\"rate\":12650.5}"))
                .isEqualTo("{\"id\":\"p-1\",\"version\":7,\"currency\":\"p-1\",\"rate\":\"12650.5\"}");
    }

    @Test
    void aProductHasItsFieldsOfTheLaw() {
        String told = product(0)
                .replace(
                        "\"box\":12",
                        "\"mxik\":\"02202002001000000\",\"package_code\":1500000,\"vat_rate\":12.0,"
                                + "\"marked\":true,\"cash_allowed\":false,\"box\":12");

        assertThat(offered("products", told))
                .contains(
                        "\"mxik\":\"02202002001000000\",\"packageCode\":\"1500000\",\"vatRate\":\"12\"",
                        "\"marked\":true",
                        "\"cashAllowed\":false");
        assertThat(offered("products", product(0).replace("\"box\":12", "\"mxik\":null,\"vat_rate\":null")))
                .doesNotContain("mxik", "vatRate", "marked", "cashAllowed");
        assertThat(offered("products", product(0).replace("\"article\":\"A1\"", "\"article\":null")))
                .doesNotContain("article", "null");
        assertThat(offered("customers", "{\"name\":\"Ali\",\"phone_number\":null}"))
                .doesNotContain("null");
    }

    @Test
    void aRowThatPointsToNothingIsRefused() {
        assertThat(translated("products", product(9)))
                .isEqualTo(new Delta.Row.Refused("p-1", "the row points to symbol[9], which is not there"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1", "-1", "0.9", "4294967296", "1E+999999999", "\"0.9\"", "\"x\"", "null", "true", "[]", "{}"})
    void anIndexThatIsNoneIsNotRoundedToAnother(String index) {
        assertThat(translated("products", product(0).replace("\"type\":0", "\"type\":" + index)))
                .isInstanceOf(Delta.Row.Refused.class);
    }

    @Test
    void whatIsNotToldIsNoZero() {
        assertThat(offered("products", product(0).replace("\"sale\":12500", "\"sale\":null")))
                .contains("\"prices\":[]");
        assertThat(offered("products", product(0).replace(",\"sale\":12500", "")))
                .contains("\"prices\":[]");
        assertThat(offered("products", product(0).replace("\"qty\":5.5", "\"qty\":\"\"")))
                .contains("\"stock\":[]");
        assertThat(offered("products", product(0).replace("[\"478\"]", "[null,\" \",\"478\"]")))
                .contains("\"barcodes\":[\"478\"]");
        assertThat(offered("products", product(0).replace("12500", "0"))).contains("\"price\":\"0\"");
    }

    @Test
    void anIdThatCannotBeStoredIsRefused() {
        for (String id : List.of("a" + (char) 0, "a" + Character.MIN_HIGH_SURROGATE)) {
            assertThat(new KsbMerpRows().translated("units", new KsbMerpDelta.Row(id, null), DICTIONARIES, 7))
                    .isEqualTo(new Delta.Row.Refused(id, "its id has a character that cannot be stored"));
        }
    }

    @Test
    void aRowThatIsTooLargeForAnEventIsRefused() {
        assertThat(translated("units", "{\"name\":\"" + "x".repeat(200_000) + "\"}"))
                .isInstanceOf(Delta.Row.Refused.class);
        assertThat(new KsbMerpRows().translated("units", new KsbMerpDelta.Row("p-1", null), DICTIONARIES, 7))
                .isInstanceOf(Delta.Row.Refused.class);
    }

    @Test
    void aHostileNumberCostsNothing() {
        assertThat(offered("rates", "{\"rate\":1E+2147483647}")).contains("\"rate\":\"1E+2147483647\"");
        assertThat(offered("rates", "{\"rate\":1E-2147483647}")).hasSizeLessThan(200);
    }

    private static String product(int symbol) {
        return "{\"name\":\"Shakar\",\"article\":\"A1\",\"symbol\":" + symbol
                + ",\"currency\":0,\"barcodes\":[\"478\"],\"box\":12,\"stock\":[{\"warehouse\":0,\"qty\":5.5}],"
                + "\"price\":[{\"type\":0,\"sale\":12500}],\"delete\":false,\"archive\":false}";
    }

    private static String offered(String part, String detail) {
        return ((Delta.Row.Offered) translated(part, detail)).json();
    }

    private static Delta.Row translated(String part, String detail) {
        try {
            return new KsbMerpRows()
                    .translated(part, new KsbMerpDelta.Row("p-1", JSON.readTree(detail)), DICTIONARIES, 7);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
