package uz.ksb.pos.settings.key;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The metric {@code pos.token.key.age.seconds} by {@code purpose}: for how long the key that signs now has done so. */
@ApplicationScoped
class KeyMetrics {
    private final Keys keys;

    KeyMetrics(Keys keys) {
        this.keys = keys;
    }

    void register(@Observes StartupEvent started, MeterRegistry metrics) {
        for (Purpose purpose : Purpose.values()) {
            Gauge.builder("pos.token.key.age.seconds", () -> age(purpose))
                    .description("Age of the key that signs tokens")
                    .tag("purpose", purpose.name().toLowerCase(Locale.ROOT))
                    .register(metrics);
        }
    }

    private double age(Purpose purpose) {
        return Duration.between(keys.signing(purpose).signsFrom(), Instant.now())
                .toSeconds();
    }
}
