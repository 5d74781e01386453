package uz.ksb.pos.platform.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;

/**
 * The metric {@code pos.poison.rows}, a count: events, rows and changes that can never be applied and were set apart, so that the
 * others go on. The log says of each where it is and why.
 */
@ApplicationScoped
public class PoisonRows {
    private static final String NAME = "pos.poison.rows";

    /** The sort of thing that was set apart. */
    public enum Kind {
        /** An event of Kafka, now with the dead letters. */
        MESSAGE,
        /** A row of the back office, now with the dead letters. */
        ROW,
        /** A change that is missing in a sum. */
        CHANGE
    }

    void register(@Observes StartupEvent started, MeterRegistry metrics) {
        for (Kind kind : Kind.values()) {
            Counter unused = counter(kind, metrics);
        }
    }

    /** Notes that {@code number} of them were set apart. */
    public static void count(Kind kind, int number) {
        counter(kind, Metrics.globalRegistry).increment(number);
    }

    private static Counter counter(Kind kind, MeterRegistry metrics) {
        return Counter.builder(NAME)
                .description("Events, rows and changes that were set apart")
                .tag("kind", kind.name().toLowerCase(Locale.ROOT))
                .register(metrics);
    }
}
