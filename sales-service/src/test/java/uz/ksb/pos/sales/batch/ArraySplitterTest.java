package uz.ksb.pos.sales.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.testing.Property;

class ArraySplitterTest {
    private static final String FIRST = "{\"id\":\"1\",\"comment\":\"a, \\\"b\\\" ] } , {\",\"lines\":[{\"x\":[1,2]}]}";
    private static final String LAST = "{\"id\":\"2\",\"lines\":[]}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "17",
                "-1e400",
                "null",
                "tru",
                "\"te, xt ] \\\" \"",
                "[1, [2]]",
                "{}",
                "{\"id\":\"b\",\"lines\":[{\"a\":1,}]}",
                "{\"id\":\"b\",\"lines\":[}",
                "{\"id\":\"b\",\"lines\":[{\"a\":1}",
                "{\"id\":\"b\",\"comment\":\"never closed}",
                "{\"id\":\"b\" \"lines\":[]}",
                "{\"id\":\"b\",\"id\":\"b\"}",
                "{'id':'b'}",
            })
    void whateverStandsBetweenTwoSalesIsOneElementAndSpoilsNeither(String odd) {
        assertThat(split("[" + FIRST + "," + odd + ", " + LAST + "]")).containsExactly(FIRST, odd, LAST);
        assertThat(split(" [ " + odd + "\n,\t" + LAST + " ] \n")).containsExactly(odd, LAST);
    }

    @Test
    void aCutArrayKeepsTheWholeElementsAndTheRestOfTheBrokenOne() {
        String whole = "[" + FIRST + "," + LAST + "]";
        for (int end = FIRST.length() + 2; end < whole.length() - 1; end++) {
            String rest = whole.substring(FIRST.length() + 2, end).strip();
            // A bracket at the very end passes for the array's own.
            String kept = rest.endsWith("]") ? rest.substring(0, rest.length() - 1) : rest;
            assertThat(split(whole.substring(0, end)))
                    .as("cut at %d", end)
                    .isEqualTo(rest.isEmpty() ? List.of(FIRST) : List.of(FIRST, kept));
        }
    }

    @Test
    void nothingAfterABracketTooManyOrACommaTooManyIsLost() {
        assertThat(split("[" + FIRST + ",," + LAST + ",]")).containsExactly(FIRST, LAST);
        assertThat(split("[" + FIRST + "]}," + LAST + "]")).startsWith(FIRST).endsWith(LAST);
        assertThat(split("[]")).isEmpty();
    }

    @Test
    void oneMoreThanTheMostIsFoundAndNoFurtherOnes() {
        String many = IntStream.range(0, 2_000_000).mapToObj(i -> "{").collect(Collectors.joining(",\"id\":", "[", ""));
        assertThat(ArraySplitter.split(many.getBytes(StandardCharsets.UTF_8), 500))
                .hasSizeLessThanOrEqualTo(501);
        String sales =
                IntStream.range(0, 2_000_000).mapToObj(i -> "{\"id\":").collect(Collectors.joining(",", "[", "]"));
        assertThat(ArraySplitter.split(sales.getBytes(StandardCharsets.UTF_8), 500))
                .hasSize(501);
    }

    /** With any broken line it ends, and gives the soundness of its beginning back. */
    @Test
    void noGarbageMakesItFailOrLoseTheSaleBeforeIt() {
        Property.forAll(500, random -> {
            StringBuilder garbage = new StringBuilder();
            int length = random.nextInt(0, 40);
            for (int i = 0; i < length; i++) {
                garbage.append("{}[],:\"\\x1 \n".charAt(random.nextInt(12)));
            }
            assertThat(split("[" + FIRST + "," + garbage)).startsWith(FIRST);
        });
    }

    private static List<String> split(String body) {
        return ArraySplitter.split(body.getBytes(StandardCharsets.UTF_8), 500);
    }
}
