package uz.ksb.pos.platform.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uz.ksb.pos.platform.problem.Problem;

class PageTest {
    @Test
    void onlyAPageWithMoreBehindItNamesTheNext() {
        assertThat(page(List.of(), 2, false).next()).isNull();
        assertThat(page(List.of("a", "b"), 2, false).next()).isNull();
        assertThat(page(List.of("a"), 2, true).next()).isNotNull();

        Page<String> cut = page(List.of("a", "b", "c"), 2, false);
        assertThat(cut.items()).containsExactly("a", "b");
        assertThat(Page.key(cut.next(), 2)).containsExactly("b", "of b");
    }

    @Test
    void theBeginningHasNoKey() {
        assertThat(Page.key(null, 3)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1", "***", "AAAA", "nonsense of somebody"})
    void aForeignCursorIsRefused(String after) {
        assertThatThrownBy(() -> Page.key(after, 2)).isInstanceOf(Problem.class);
    }

    @Test
    void theKeysOfACursorHaveTheirForms() {
        assertThat(Page.id("018f3c1e-7b2a-7c3d-9e4f-000000000001"))
                .isEqualTo(UUID.fromString("018f3c1e-7b2a-7c3d-9e4f-000000000001"));
        assertThat(Page.number("3", 4)).isEqualTo(3);
        assertThatThrownBy(() -> Page.number("4", 4)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Page.number("-1", 4)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Page.id("1")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Page.time("now")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> Page.time("+12026-11-23T10:00:00Z")).isInstanceOf(Problem.class);
    }

    private static Page<String> page(List<String> found, int limit, boolean more) {
        return Page.of(found, limit, more, item -> List.of(item, "of " + item));
    }
}
