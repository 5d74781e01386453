package uz.ksb.pos.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SingleFlightTest {
    private final List<UniEmitter<? super Void>> started = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private final SingleFlight flight = new SingleFlight(() -> Uni.createFrom().emitter(started::add), failures::add);

    @Test
    void callsDuringTheWorkHaveItRunOnceMore() {
        flight.run();
        flight.run();
        flight.run();
        assertThat(started).hasSize(1);

        started.get(0).complete(null);
        assertThat(started).hasSize(2);

        started.get(1).complete(null);
        assertThat(started).hasSize(2);
    }

    @Test
    void aFailureEndsTheFlightAndTheNextCallBeginsAnother() {
        flight.run();
        flight.run();
        started.get(0).fail(new IllegalStateException("away"));
        assertThat(failures).hasSize(1);
        assertThat(started).hasSize(1);

        flight.run();
        assertThat(started).hasSize(2);
    }
}
