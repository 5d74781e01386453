package uz.ksb.pos.platform.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.testing.Property;

class TextTest {
    private static final Vectors VECTORS = read();

    record Form(String form, List<String> texts) {}

    record Words(String search, List<String> words) {}

    record Stored(String given, String stored, String fault) {}

    record Vectors(
            List<Form> search,
            List<Words> words,
            List<Stored> stored,
            List<List<String>> sameLogin,
            List<String> otherLogin) {}

    static Stream<Form> forms() {
        return VECTORS.search.stream();
    }

    static Stream<Words> words() {
        return VECTORS.words.stream();
    }

    static Stream<Stored> stored() {
        return VECTORS.stored.stream();
    }

    static Stream<List<String>> sameLogins() {
        return VECTORS.sameLogin.stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void textsThatFindEachOtherHaveOneForm(Form form) {
        assertThat(form.texts)
                .allSatisfy(text -> assertThat(SearchText.of(text)).isEqualTo(form.form));
    }

    @ParameterizedTest
    @MethodSource("words")
    void aSearchIsSplitIntoItsWords(Words words) {
        assertThat(SearchText.words(words.search)).isEqualTo(words.words);
    }

    @Test
    void theFormOfAFormIsItself() {
        Property.forAll(2_000, cases -> {
            String form = SearchText.of(randomText(cases));
            assertThat(SearchText.of(form)).isEqualTo(form);
        });
    }

    @Test
    void nothingTypedIsAWildcard() {
        assertThat(SearchText.escapedForLike("50%_\\")).isEqualTo("50\\%\\_\\\\");
    }

    @ParameterizedTest
    @MethodSource("stored")
    void textIsStoredComposedAndVisible(Stored text) {
        assertThat(StorableText.fault(text.given, 100)).isEqualTo(text.fault);
        if (text.fault == null) {
            assertThat(StorableText.required(text.given, 100, "name")).isEqualTo(text.stored);
        }
    }

    @Test
    void whatIsQuotedCanBeStored() {
        assertThat(StorableText.quoted(null)).isNull();
        assertThat(StorableText.quoted("Non 🍞\n")).isEqualTo("Non 🍞\n");
        assertThat(StorableText.quoted("a" + (char) 0 + "🍞" + "🍞".charAt(1) + "b" + "🍞".charAt(0)))
                .isEqualTo("a\ufffd🍞\ufffdb\ufffd");
    }

    @Test
    void aReceiptKeepsItsLineBreaks() {
        assertThat(StorableText.lines("Rahmat!\r\nYana keling\u2028\t:)", 100, "footer"))
                .isEqualTo("Rahmat!\nYana keling\n :)");
    }

    @Test
    void anOptionalTextOfSpacesCountsAsLeftOut() {
        assertThat(StorableText.optional(null, 5, "comment")).isNull();
        assertThat(StorableText.optional("  ", 5, "comment")).isNull();
    }

    @Test
    void aTextThatIsTooLongIsRefusedByItsField() {
        assertThat(StorableText.fault("e\u0301".repeat(5), 5)).isNull();
        for (String tooLong : List.of("123456", "x".repeat(1_000_000))) {
            assertThatThrownBy(() -> StorableText.required(tooLong, 5, "name"))
                    .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.violations())
                            .containsExactly(new Problem.Violation("name", "is too long")));
        }
    }

    @ParameterizedTest
    @MethodSource("sameLogins")
    void loginsThatLookTheSameAreTheSame(List<String> logins) {
        assertThat(logins.stream().map(LoginName::comparable).distinct()).hasSize(1);
    }

    @Test
    void loginsThatLookDifferentAreDifferent() {
        assertThat(VECTORS.otherLogin.stream().map(LoginName::comparable)).doesNotHaveDuplicates();
        Property.forAll(2_000, cases -> {
            String form = LoginName.comparable(randomText(cases));
            assertThat(LoginName.comparable(form)).isEqualTo(form);
        });
    }

    private static String randomText(java.util.random.RandomGenerator cases) {
        int[] characters = cases.ints(12, 0, 6)
                .map(kind -> switch (kind) {
                    case 0 -> cases.nextInt(0x20, 0x7F);
                    case 1 -> cases.nextInt(0x400, 0x530);
                    case 2 -> cases.nextInt(0x300, 0x370);
                    case 3 -> cases.nextInt(0xA0, 0x250);
                    case 4 -> cases.nextInt(0x1E00, 0x2100);
                    default -> cases.nextInt(0xE000, 0x10000);
                })
                .toArray();
        return new String(characters, 0, characters.length);
    }

    private static Vectors read() {
        try {
            return new ObjectMapper().readValue(TextTest.class.getResource("/text-vectors.json"), Vectors.class);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
