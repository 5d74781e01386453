package uz.ksb.pos.gateway.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.platform.trace.EventTrace;

/** The metrics of the live side. Any thread. */
public final class LiveMetrics {
    /** A bucket of its own, which the alerts ask for. */
    private static final Duration LAG_OBJECTIVE = Duration.ofMillis(250);

    private final MeterRegistry registry;
    private final Clock clock;
    private final LongAdder deliveries = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Timer lag;
    private final Counter notRecovered;
    private final AtomicInteger slow = new AtomicInteger();

    /** Why a client was served from Kafka and not from the ring. */
    public enum FallBack {
        /** It came back after what the ring keeps. */
        RESUMED,
        /** It took so little that the ring went past it. */
        SLOW
    }

    public LiveMetrics(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
        this.lag = Timer.builder("pos.live.lag")
                .description("From the commit of a change to the writing of its event")
                .publishPercentileHistogram()
                .serviceLevelObjectives(LAG_OBJECTIVE)
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(30))
                .register(registry);
        this.notRecovered = registry.counter("pos.live.not.recovered");
        Gauge.builder("pos.live.slow.clients", slow, AtomicInteger::get)
                .description("Clients that take less than there is for them, now")
                .register(registry);
        FunctionCounter.builder("pos.live.deliveries", deliveries, LongAdder::sum)
                .register(registry);
        FunctionCounter.builder("pos.live.bytes", bytes, LongAdder::sum).register(registry);
    }

    public void delivered(int messages, int size) {
        deliveries.add(messages);
        bytes.add(size);
    }

    /** Once per event, when the clients of one event loop have been served. A kept trace gets its last span: from the log to the write. */
    public void written(Frame frame) {
        Frame.Facts facts = frame.facts();
        if (facts.traceParent() != null) {
            EventTrace.span(
                            facts.topic().topicName() + " write",
                            SpanKind.CONSUMER,
                            facts.traceParent(),
                            facts.eventId())
                    .setStartTimestamp(Instant.ofEpochMilli(facts.recordedAt()))
                    .startSpan()
                    .end();
        }
        lag.record(Math.max(0, clock.millis() - facts.committedAt()), TimeUnit.MILLISECONDS);
    }

    public void fellBack(FallBack why) {
        registry.counter("pos.live.fallbacks", "why", word(why)).increment();
    }

    public void slow(boolean more) {
        int unused = more ? slow.incrementAndGet() : slow.decrementAndGet();
    }

    public void notRecovered() {
        notRecovered.increment();
    }

    public void closed(CloseReason reason) {
        registry.counter("pos.live.closed", "reason", word(reason)).increment();
    }

    /** Somebody was not let in, or asked for something it does not get. */
    public void refused(String cause) {
        registry.counter("pos.live.refused", "cause", cause).increment();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public long deliveries() {
        return deliveries.sum();
    }
}
