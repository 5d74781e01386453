package uz.ksb.pos.platform.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The one clock of a service: real time, moved by {@code pos.clock.offset} outside production. */
@ApplicationScoped
class BusinessClock {
    @Produces
    @ApplicationScoped
    Clock clock(@ConfigProperty(name = "pos.clock.offset", defaultValue = "PT0S") Duration offset) {
        return Clock.offset(Clock.systemUTC(), offset);
    }
}
