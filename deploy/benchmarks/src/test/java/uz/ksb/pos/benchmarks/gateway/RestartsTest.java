package uz.ksb.pos.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.benchmarks.gateway.client.Restarts;

class RestartsTest {
    private static final Restarts.Round RIGHT = new Restarts.Round(0, 0, 0, 0, 2_000);

    @Test
    void nothingWrongAndEverybodyBackInTimePasses() {
        Restarts figure = new Restarts("kill -9", 1_000, List.of(RIGHT, new Restarts.Round(0, 0, 0, 0, 30_000)));
        assertThat(figure.passed()).isTrue();
        assertThat(figure.line())
                .isEqualTo("kill -9 of a node with 1,000 clients, 2 times: 0 lost, 0 doubled, 0 out of order,"
                        + " 0 told to reload (must be 0); longest break 30.0 s (at most 30): ok");
    }

    @Test
    void anythingWrongInAnyRoundIsAMiss() {
        for (Restarts.Round wrong : List.of(
                new Restarts.Round(1, 0, 0, 0, 1),
                new Restarts.Round(0, 1, 0, 0, 1),
                new Restarts.Round(0, 0, 1, 0, 1),
                new Restarts.Round(0, 0, 0, 1, 1),
                new Restarts.Round(0, 0, 0, 0, 30_001))) {
            assertThat(new Restarts("kill -9", 1_000, List.of(RIGHT, wrong)).passed())
                    .isFalse();
        }
    }
}
