package uz.ksb.pos.platform.inbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Shows consumers that wait: the seconds of the longest trial as the metric {@code pos.consumer.stuck.seconds}, and per consumer,
 * with the lag that Kafka's client measures, in the detail of the readiness. It is always up: requests are answered meanwhile.
 */
@Readiness
@ApplicationScoped
class ConsumerHealth implements HealthCheck {
    private static final String LAG = "kafka.consumer.fetch.manager.records.lag.max";

    private final MeterRegistry metrics;

    ConsumerHealth(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void register(@Observes StartupEvent started) {
        Gauge.builder("pos.consumer.stuck.seconds", ConsumerHealth::longestSeconds)
                .description("How long the consumer that tries longest has tried its present event")
                .register(metrics);
    }

    private static double longestSeconds() {
        return ConsumerRetry.stuck().values().stream()
                .mapToLong(Duration::toSeconds)
                .max()
                .orElse(0);
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder consumers =
                HealthCheckResponse.named("consumers").up();
        ConsumerRetry.stuck().forEach((consumer, time) -> consumers.withData("stuck " + consumer, time.toString()));
        metrics.find(LAG).meters().forEach(meter -> meter.measure().forEach(lag -> {
            if (!Double.isNaN(lag.getValue())) {
                consumers.withData("lag " + meter.getId().getTag("client.id"), (long) lag.getValue());
            }
        }));
        return consumers.build();
    }
}
