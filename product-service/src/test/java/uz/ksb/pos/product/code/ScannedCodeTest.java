package uz.ksb.pos.product.code;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uz.ksb.pos.platform.testing.Property;

/** The till passes the same vectors: {@code codes.test.ts}. */
class ScannedCodeTest {
    private static final String SIGNS = "0123456789012345678901]dCE\u001dA";

    static Stream<JsonNode> vectors() throws IOException {
        try (InputStream file = ScannedCodeTest.class.getResourceAsStream("/code-vectors.json")) {
            return StreamSupport.stream(new ObjectMapper().readTree(file).spliterator(), false);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void eachGoldenVectorIsReadAsTheTillReadsIt(JsonNode vector) {
        List<String> patterns = vector.has("patterns") ? texts(vector.get("patterns")) : ScannedCode.DEFAULT_PATTERNS;

        ScannedCode read = ScannedCode.of(vector.get("code").asText(), patterns);

        JsonNode weighed = vector.path("weighed");
        assertThat(read.candidates()).isEqualTo(texts(vector.get("candidates")));
        assertThat(read.weighed().map(ScannedCode.Weighed::article).orElse(null))
                .isEqualTo(weighed.path("article").textValue());
        assertThat(read.weighed().map(ScannedCode.Weighed::quantity).orElse(null))
                .isEqualTo(weighed.path("quantity").textValue());
        assertThat(read.quantity()).isEqualTo(vector.path("quantity").textValue());
        assertThat(read.serial()).isEqualTo(vector.path("serial").textValue());
        assertThat(read.wrongCheckDigit())
                .isEqualTo(vector.path("wrongCheckDigit").asBoolean());
    }

    @Test
    void anyGarbageIsRead() {
        Property.forAll(2_000, random -> {
            StringBuilder code = new StringBuilder();
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                code.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
            }
            assertThat(ScannedCode.of(code.toString(), ScannedCode.DEFAULT_PATTERNS)
                            .candidates())
                    .hasSizeLessThan(15)
                    .doesNotContain("");
        });
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(one -> texts.add(one.asText()));
        return texts;
    }
}
