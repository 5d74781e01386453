package uz.ksb.pos.settings.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.problem.Problem;

class EntityTagTest {
    @Test
    void withoutIfMatchAndWithAStarEveryVersionWillDo() {
        assertThat(EntityTag.expected(List.of())).isEmpty();
        assertThat(EntityTag.expected(List.of("*"))).isEmpty();
        assertThat(EntityTag.expected(List.of(" * "))).isEmpty();
    }

    @Test
    void oneTagIsOneVersionAndAWeakOneIsNone() {
        assertThat(EntityTag.expected(List.of("\"3\""))).contains(Set.of(3L));
        assertThat(EntityTag.expected(List.of("W/\"3\""))).contains(Set.of());
    }

    @Test
    void aListMayStandInOneLineOrInSeveral() {
        assertThat(EntityTag.expected(List.of("\"3\", W/\"4\" ,\"5\""))).contains(Set.of(3L, 5L));
        assertThat(EntityTag.expected(List.of("\"3\"", "\"4\""))).contains(Set.of(3L, 4L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", "\"\"", "\"-1\"", "\"9999999999999999999\"", "\"3-gzip\""})
    void aTagThatIsNoneOfOursMatchesNothing(String tag) {
        assertThat(EntityTag.expected(List.of(tag))).contains(Set.of());
        assertThat(EntityTag.expected(List.of(tag, "\"3\""))).contains(Set.of(3L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "\"3", "3\"", "", ",", "\"3\",", "w/\"3\"", "\"3\" \"4\"", "*, \"3\"", "nonsense"})
    void whatIsNoListOfTagsIsRefused(String header) {
        assertThatThrownBy(() -> EntityTag.expected(List.of(header))).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.violations())
                    .extracting(Problem.Violation::field)
                    .containsExactly("If-Match");
        });
    }
}
