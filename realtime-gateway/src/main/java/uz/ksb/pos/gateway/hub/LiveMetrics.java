package uz.ksb.pos.gateway.hub;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.rings.Frame;

/** What operators see of the live side. Any thread. */
public final class LiveMetrics {
    private final MeterRegistry registry;
    private final Clock clock;
    private final LongAdder deliveries = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final AtomicLong newestWritten = new AtomicLong();
    private final Timer lag;
    private final Counter fellOut;
    private final Counter notRecovered;

    public LiveMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.lag = Timer.builder("pos.live.lag")
                .description("From the commit of a change to the writing of its event")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        this.fellOut = registry.counter("pos.live.fell.out");
        this.notRecovered = registry.counter("pos.live.not.recovered");
        FunctionCounter.builder("pos.live.deliveries", deliveries, LongAdder::sum)
                .register(registry);
        FunctionCounter.builder("pos.live.bytes", bytes, LongAdder::sum).register(registry);
    }

    void delivered(int size) {
        deliveries.increment();
        bytes.add(size);
    }

    /** Measured once per event, when the first group of clients has been served. */
    void written(Frame frame) {
        long committed = frame.facts().committedAt();
        if (newestWritten.getAndAccumulate(committed, Math::max) < committed) {
            lag.record(Math.max(0, clock.millis() - committed), TimeUnit.MILLISECONDS);
        }
    }

    void fellOut() {
        fellOut.increment();
    }

    void notRecovered() {
        notRecovered.increment();
    }

    public void closed(CloseReason reason) {
        registry.counter("pos.live.closed", "reason", reason.name()).increment();
    }

    public long deliveries() {
        return deliveries.sum();
    }
}
