package uz.ksb.pos.platform.ksbmerp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KsbMerpDeltaTest {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final Call CALL = new Call("10000001", "till", "product_update", Duration.ofSeconds(1));
    private static final String PRODUCT =
            "{\"name\":\"Shakar\",\"symbol\":0,\"barcodes\":[\"478\"],\"stock\":[{\"warehouse\":0,\"qty\":5.5}]}";
    private static final String DICTIONARIES =
            "\"symbol\":[\"dona\"],\"currency\":[{\"key\":\"UZS\"}],\"warehouse\":[{\"id\":\"asosiy\"}],\"price_type\":[\"chakana\"]";

    @Test
    void theFieldsMayStandInAnyOrder() {
        String item = "\"item\":[\"p-1\",2]";
        String detail = "\"detail\":[" + PRODUCT + "," + PRODUCT + "]";

        for (String answer : List.of(
                "{" + item + "," + detail + "," + DICTIONARIES + ",\"object\":\"x\"}",
                "{\"object\":\"x\"," + DICTIONARIES + "," + detail + "," + item + ",\"more\":{\"item\":[1]}}")) {
            KsbMerpDelta delta = delta(answer);

            assertThat(delta.object()).isEqualTo("x");
            assertThat(delta.dictionaries().get("currency")).containsExactly("UZS");
            assertThat(rows(delta)).extracting(KsbMerpDelta.Row::id).containsExactly("p-1", "2");
        }
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
                "{\"item\":[],\"detail\":[],\"symbol\":[\"a\"],\"symbol\":[\"b\"]}",
                "{\"status\":\"error\",\"item\":[],\"detail\":[]}",
                "{\"item\":[],\"detail\":[],\"status\":\"unsuccessfully\"}",
                "{\"item\":[],\"detail\":[NaN]}",
                "{\"item\":[1],\"detail\":[{\"rate\":Infinity}]}",
                "{'item':[],'detail':[]}",
                "{\"object\":\"a\\u0000\",\"item\":[],\"detail\":[]}"
            })
    void anAnswerThatIsNotWholeIsNoDelta(String answer) {
        assertThatThrownBy(() -> delta(answer)).isInstanceOf(BackOfficeFailure.class);
    }

    @Test
    void anAnswerThatIsOddlyWrittenIsADelta() {
        assertThat(rows(delta("\ufeff{\"status\":\"empty\",\"item\":[],\"detail\":[]}\r\n")))
                .isEmpty();
        assertThat(rows(delta("{\"status\":null,\"item\":null,\"item\":[null,true],\"detail\":[null,1e999]}")))
                .extracting(KsbMerpDelta.Row::id)
                .containsExactly("", "true");
    }

    @Test
    void aRowThatIsTooLongIsPassedOverAlone() {
        String large = "{\"name\":[" + "{},".repeat(200_000) + "1]}";
        KsbMerpDelta delta = delta("{\"item\":[1,2,3],\"detail\":[" + PRODUCT + "," + large + "," + PRODUCT + "]}");

        assertThat(rows(delta))
                .extracting(row -> row.id() + (row.detail() == null))
                .containsExactly("1false", "2true", "3false");
    }

    @Test
    void halfACharacterInANameHarmsNoOtherRow() {
        String odd = "{\"name\":\"Choy\",\"\\ud800\":1}";
        KsbMerpDelta delta = delta("{\"item\":[1,2],\"detail\":[" + odd + "," + PRODUCT + "],\"\\udc00\":[]}");

        assertThat(rows(delta))
                .extracting(row -> row.detail().path("name").asText())
                .containsExactly("Choy", "Shakar");
    }

    @Test
    void bytesThatAreNoUtf8AreNoDelta() {
        byte[] answer = "{\"item\":[1],\"detail\":[{\"name\":\"Шакар\"}]}".getBytes(Charset.forName("windows-1251"));

        assertThatThrownBy(() -> KsbMerpDelta.read(JSON, CALL, () -> new ByteArrayInputStream(answer), () -> {}))
                .isInstanceOf(BackOfficeFailure.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"LONG\""})
    void anItemThatIsNoIdIsAFailure(String id) {
        String item = id.replace("LONG", "x".repeat(1_001));

        assertThatThrownBy(() -> delta("{\"item\":[" + item + "],\"detail\":[" + PRODUCT + "]}"))
                .isInstanceOf(BackOfficeFailure.class);
    }

    @Test
    void dictionariesHaveALimitTogether() {
        String entries = ("\"" + "x".repeat(100_000) + "\",").repeat(81) + "\"\"";

        assertThatThrownBy(() -> delta("{\"symbol\":[" + entries + "],\"item\":[],\"detail\":[]}"))
                .isInstanceOf(BackOfficeFailure.class)
                .hasMessageContaining("too long");
    }

    @Test
    void hundredThousandRowsNeedNoMoreMemoryThanOne() throws Exception {
        assertThat(readInASmallHeap(Large.class)).isEqualTo("100000");
    }

    @Test
    void aHostileRowNeedsNoMemory() throws Exception {
        assertThat(readInASmallHeap(Hostile.class)).isEqualTo("1");
    }

    private static String readInASmallHeap(Class<?> program) throws Exception {
        Process child = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx24m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName())
                .redirectErrorStream(true)
                .start();

        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).isZero();
        return output;
    }

    /** Reads a delta with one row of 30 MB, of which a tree would be a gigabyte, and an unknown field as large. */
    static final class Hostile {
        public static void main(String[] args) {
            Supplier<InputStream> answer = () -> new SequenceInputStream(Collections.enumeration(List.of(
                    text("{\"item\":[1],\"detail\":[{\"name\":["),
                    repeated("{},", 10_000_000),
                    text("1]}],\"more\":["),
                    repeated("{},", 10_000_000),
                    text("1]}"))));
            System.out.print(
                    rows(KsbMerpDelta.read(JSON, CALL, answer, () -> {})).size());
        }

        private static InputStream text(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        private static InputStream repeated(String text, int times) {
            String thousand = text.repeat(1_000);
            return new SequenceInputStream(new Enumeration<>() {
                private int next;

                @Override
                public boolean hasMoreElements() {
                    return next < times / 1_000;
                }

                @Override
                public InputStream nextElement() {
                    next++;
                    return text(thousand);
                }
            });
        }
    }

    /** Reads a delta of 100,000 products, about 40 MB, in a process of its own. */
    static final class Large {
        public static void main(String[] args) {
            String product = PRODUCT.replace("Shakar", "Shakar".repeat(30));
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
            KsbMerpDelta delta = KsbMerpDelta.read(JSON, CALL, answer, () -> {});
            int read = 0;
            while (delta.next().isPresent()) {
                read++;
            }
            System.out.print(read);
        }
    }

    private static KsbMerpDelta delta(String answer) {
        return KsbMerpDelta.read(
                JSON, CALL, () -> new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)), () -> {});
    }

    private static List<KsbMerpDelta.Row> rows(KsbMerpDelta delta) {
        List<KsbMerpDelta.Row> rows = new ArrayList<>();
        for (var row = delta.next(); row.isPresent(); row = delta.next()) {
            rows.add(row.get());
        }
        return rows;
    }
}
