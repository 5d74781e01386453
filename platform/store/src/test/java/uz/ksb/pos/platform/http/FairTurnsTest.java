package uz.ksb.pos.platform.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FairTurnsTest {
    private final List<String> begun = new ArrayList<>();
    private final Map<String, FairTurns.Turn> turns = new HashMap<>();

    @Test
    void ownersTakeTurnsHoweverManyOneWants() {
        FairTurns fair = new FairTurns(1, 1);
        enter(fair, "a", "a1", "a2", "a3");
        enter(fair, "b", "b1");
        enter(fair, "c", "c1");

        for (int i = 0; i < 4; i++) {
            leave(begun.getLast());
        }

        assertThat(begun).containsExactly("a1", "a2", "b1", "c1", "a3");
    }

    @Test
    void anOwnerHasNoMoreThanItsShare() {
        FairTurns fair = new FairTurns(3, 2);
        enter(fair, "a", "a1", "a2", "a3");
        enter(fair, "b", "b1", "b2");

        assertThat(begun).containsExactly("a1", "a2", "b1");

        leave("a1");
        assertThat(begun).hasSize(4);
    }

    @Test
    void aWishThatIsGivenUpTakesNoTurn() {
        FairTurns fair = new FairTurns(1, 1);
        enter(fair, "a", "a1", "a2", "a3");

        leave("a2");
        leave("a1");
        leave("a1");

        assertThat(begun).containsExactly("a1", "a3");
    }

    private void enter(FairTurns fair, String owner, String... wishes) {
        for (String wish : wishes) {
            turns.put(wish, fair.enter(owner, () -> begun.add(wish)));
        }
    }

    private void leave(String wish) {
        turns.get(wish).leave();
    }
}
