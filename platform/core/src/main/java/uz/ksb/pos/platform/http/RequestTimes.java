package uz.ksb.pos.platform.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Gives {@code http.server.requests} the few buckets that alerts and dashboards ask for: each is one more series per path, method
 * and status.
 */
class RequestTimes {
    private static final double[] BUCKETS = {nanos(100), nanos(500), nanos(2_000)};

    @Produces
    @Singleton
    MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals("http.server.requests")
                        ? DistributionStatisticConfig.builder()
                                .serviceLevelObjectives(BUCKETS)
                                .build()
                                .merge(config)
                        : config;
            }
        };
    }

    private static double nanos(long milliseconds) {
        return Duration.ofMillis(milliseconds).toNanos();
    }
}
