package uz.ksb.pos.gateway;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import uz.ksb.pos.gateway.log.LogReader;

/** Ready once the rings are filled; Kafka being away later only makes clients wait. */
@Readiness
@ApplicationScoped
class CaughtUpCheck implements HealthCheck {
    private final LogReader reader;

    CaughtUpCheck(LogReader reader) {
        this.reader = reader;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("log read").status(reader.isCaughtUp()).build();
    }
}
