package uz.ksb.pos.sales.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliverySlotsTest {
    private long now;
    private final DeliverySlots slots = new DeliverySlots(() -> now);

    @Test
    void anEnterpriseHasOneTurnAtATime() {
        assertThat(slots.begin("a")).isTrue();
        assertThat(slots.begin("a")).isFalse();
        slots.end("a");
        assertThat(slots.begin("a")).isTrue();
    }

    @Test
    void slowBackOfficesFreeTheirSlots() {
        fill("slow", DeliverySlots.MAX_SLOTS);
        assertThat(slots.begin("fast")).isFalse();

        pass(DeliverySlots.SLOW_AFTER);

        assertThat(slots.begin("fast")).isTrue();
    }

    @Test
    void aTurnEndsSoThatOthersComeToTheirs() {
        assertThat(slots.begin("a")).isTrue();
        assertThat(slots.goOn("a")).isTrue();
        pass(DeliverySlots.MAX_TURN);
        assertThat(slots.goOn("a")).isFalse();
    }

    @Test
    void thereIsALimitOfTurnsHoweverSlowTheyAre() {
        for (int i = 0; i < DeliverySlots.MAX_TURNS / DeliverySlots.MAX_SLOTS; i++) {
            fill("slow" + i + "-", DeliverySlots.MAX_SLOTS);
            pass(DeliverySlots.SLOW_AFTER);
        }
        assertThat(slots.enterprises()).hasSize(DeliverySlots.MAX_TURNS);
        assertThat(slots.begin("one more")).isFalse();
    }

    private void fill(String name, int count) {
        IntStream.range(0, count).forEach(i -> assertThat(slots.begin(name + i)).isTrue());
    }

    private void pass(Duration time) {
        now += time.toNanos() + 1;
    }
}
