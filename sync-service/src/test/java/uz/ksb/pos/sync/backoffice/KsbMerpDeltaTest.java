package uz.ksb.pos.sync.backoffice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KsbMerpDeltaTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final String DICTIONARIES =
            "\"symbol\":[\"dona\"],\"currency\":[{\"key\":\"UZS\"}],\"warehouse\":[{\"id\":\"asosiy\"}],\"price_type\":[\"chakana\"]";

    @Test
    void theFieldsMayStandInAnyOrder() {
        String item = "\"item\":[\"p-1\",2]";
        String detail = "\"detail\":[" + product(0) + "," + product(0) + "]";

        for (String answer : List.of(
                "{" + item + "," + detail + "," + DICTIONARIES + ",\"object\":\"x\"}",
                "{\"object\":\"x\"," + DICTIONARIES + "," + detail + "," + item + ",\"more\":{\"item\":[1]}}")) {
            KsbMerpDelta delta = delta("products", answer);

            assertThat(delta.object()).contains("x");
            assertThat(rows(delta)).extracting(Delta.Row::id).containsExactly("p-1", "2");
        }
    }

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
    void aRowThatPointsToNothingIsRefusedAlone() {
        KsbMerpDelta delta = delta(
                "products",
                "{" + DICTIONARIES + ",\"item\":[\"a\",\"b\"],\"detail\":[" + product(9) + "," + product(0) + "]}");

        List<Delta.Row> rows = rows(delta);

        assertThat(rows.getFirst())
                .isEqualTo(new Delta.Row.Refused("a", "the row points to symbol[9], which is not there"));
        assertThat(rows.getLast()).isInstanceOf(Delta.Row.Offered.class);
    }

    @Test
    void aRowThatIsTooLargeForAnEventIsRefusedAlone() {
        String large = "{\"name\":\"" + "x".repeat(200_000) + "\"}";

        assertThat(rows(delta("units", "{\"item\":[\"a\",\"b\"],\"detail\":[" + large + ",{}]}")))
                .hasExactlyElementsOfTypes(Delta.Row.Refused.class, Delta.Row.Offered.class);
    }

    @Test
    void aHostileNumberCostsNothing() {
        assertThat(offered("rates", "{\"rate\":1E+2147483647}")).contains("\"rate\":\"1E+2147483647\"");
        assertThat(offered("rates", "{\"rate\":1E-2147483647}")).hasSizeLessThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<html>Iltimos, kuting</html>",
                "{}",
                "{\"item\":[],\"detail\":[]",
                "{\"item\":[],\"detail\":[]}}",
                "{\"item\":[\"a\"],\"detail\":[]}",
                "{\"item\":[],\"item\":[],\"detail\":[]}",
                "{\"item\":\"a\",\"detail\":[]}",
                "{\"status\":\"error\",\"item\":[],\"detail\":[]}"
            })
    void anAnswerThatIsNotWholeIsNoDelta(String answer) {
        assertThatThrownBy(() -> delta("units", answer)).isInstanceOf(BackOfficeFailure.class);
    }

    @Test
    void hundredThousandRowsNeedNoMoreMemoryThanOne() throws Exception {
        Process child = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Large.class.getName())
                .redirectErrorStream(true)
                .start();

        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).isZero();
        assertThat(output).isEqualTo("100000");
    }

    /** Reads a delta of 100,000 products, about 40 MB, in a process of its own. */
    static final class Large {
        public static void main(String[] args) {
            String product = product(0).replace("Shakar", "Shakar".repeat(30));
            Supplier<InputStream> answer = () -> new SequenceInputStream(new Enumeration<>() {
                private int next = -1;

                @Override
                public boolean hasMoreElements() {
                    return next <= 200_001;
                }

                @Override
                public InputStream nextElement() {
                    int place = next++;
                    String piece = place < 0
                            ? "{" + DICTIONARIES + ",\"item\":["
                            : place < 100_000
                                    ? (place == 0 ? "" : ",") + "\"p-" + place + "\""
                                    : place == 100_000
                                            ? "],\"detail\":["
                                            : place < 200_001 ? (place == 100_001 ? "" : ",") + product : "]}";
                    return new ByteArrayInputStream(piece.getBytes(StandardCharsets.UTF_8));
                }
            });
            KsbMerpRows rows = new KsbMerpRows(JSON);
            KsbMerpDelta delta = new KsbMerpDelta(
                    JSON,
                    "product_update",
                    answer,
                    (id, detail, dictionaries) -> rows.row("products", id, detail, dictionaries, 7),
                    () -> {});
            int read = 0;
            while (delta.next().isPresent()) {
                read++;
            }
            System.out.print(read);
        }
    }

    private static String product(int symbol) {
        return "{\"name\":\"Shakar\",\"article\":\"A1\",\"symbol\":" + symbol
                + ",\"currency\":0,\"barcodes\":[\"478\"],\"box\":12,\"stock\":[{\"warehouse\":0,\"qty\":5.5}],"
                + "\"price\":[{\"type\":0,\"sale\":12500}],\"delete\":false,\"archive\":false}";
    }

    private static String offered(String part, String detail) {
        Delta.Row row = rows(delta(part, "{" + DICTIONARIES + ",\"item\":[\"p-1\"],\"detail\":[" + detail + "]}"))
                .getFirst();
        return ((Delta.Row.Offered) row).json();
    }

    private static KsbMerpDelta delta(String part, String answer) {
        KsbMerpRows rows = new KsbMerpRows(JSON);
        return new KsbMerpDelta(
                JSON,
                part,
                () -> new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)),
                (id, detail, dictionaries) -> rows.row(part, id, detail, dictionaries, 7),
                () -> {});
    }

    private static List<Delta.Row> rows(Delta delta) {
        List<Delta.Row> rows = new ArrayList<>();
        for (var row = delta.next(); row.isPresent(); row = delta.next()) {
            rows.add(row.get());
        }
        return rows;
    }
}
