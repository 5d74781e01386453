package uz.ksb.pos.product.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateSlotsTest {
    private final UpdateSlots slots = new UpdateSlots();
    private final List<Object> started = new ArrayList<>();

    @Test
    void oneEnterpriseLeavesPlacesForOthers() {
        for (int i = 0; i < UpdateSlots.MAX_OF_ENTERPRISE + UpdateSlots.MAX_WAITING_OF_ENTERPRISE; i++) {
            assertThat(enter("theirs " + i, "10000001")).isTrue();
        }
        assertThat(enter("one too many", "10000001")).isFalse();
        assertThat(started).hasSize(UpdateSlots.MAX_OF_ENTERPRISE);

        assertThat(enter("ours", "10000002")).isTrue();
        assertThat(started).contains("ours");

        slots.leave("theirs 0", "10000001");
        assertThat(started).contains("theirs " + UpdateSlots.MAX_OF_ENTERPRISE);
    }

    private boolean enter(String id, String ksbId) {
        return slots.enter(id, ksbId, () -> started.add(id));
    }
}
