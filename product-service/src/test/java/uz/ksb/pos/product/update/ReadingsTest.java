package uz.ksb.pos.product.update;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private final Readings readings = new Readings();
    private final List<Object> started = new ArrayList<>();

    @Test
    void oneEnterpriseLeavesPlacesForOthers() {
        for (int i = 0; i < Readings.MAX_OF_ENTERPRISE + Readings.MAX_WAITING_OF_ENTERPRISE; i++) {
            assertThat(enter("theirs " + i, "10000001")).isTrue();
        }
        assertThat(enter("one too many", "10000001")).isFalse();
        assertThat(started).hasSize(Readings.MAX_OF_ENTERPRISE);

        assertThat(enter("ours", "10000002")).isTrue();
        assertThat(started).contains("ours");

        readings.leave("theirs 0", "10000001");
        assertThat(started).contains("theirs " + Readings.MAX_OF_ENTERPRISE);
    }

    private boolean enter(String id, String ksbId) {
        return readings.enter(id, ksbId, () -> started.add(id));
    }
}
