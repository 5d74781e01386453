package uz.ksb.pos.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import uz.ksb.pos.benchmarks.gateway.event.History;

class HistoryTest {
    private final History history = new History();

    @Test
    void whatCameOnceInOrderIsRight() {
        hear(0, 1, 2, 3);
        assertCounts(0, 0, 0);
    }

    @Test
    void aRepetitionIsDoubledAndNotOutOfOrder() {
        hear(0, 1, 2, 1, 3);
        assertCounts(0, 1, 0);
    }

    @Test
    void whatNeverCameIsLost() {
        hear(0, 3);
        assertCounts(2, 0, 0);
    }

    @Test
    void whatCameLateIsOutOfOrderAndNotLost() {
        hear(0, 2, 1, 3);
        assertCounts(0, 0, 1);
    }

    private void hear(int... numbers) {
        for (int number : numbers) {
            history.hear(number);
        }
    }

    private void assertCounts(int lost, int doubled, int outOfOrder) {
        assertThat(history.lost(4)).isEqualTo(lost);
        assertThat(history.doubled()).isEqualTo(doubled);
        assertThat(history.outOfOrder()).isEqualTo(outOfOrder);
    }
}
