package uz.ksb.pos.platform.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The database's clock, by which leases, cooldowns and schedules of all replicas go, moved like the business clock. */
@ApplicationScoped
public class DatabaseClock {
    private final long offsetMillis;

    public DatabaseClock(@ConfigProperty(name = "pos.clock.offset", defaultValue = "PT0S") Duration offset) {
        offsetMillis = offset.toMillis();
    }

    /** An SQL expression: the present moment. */
    public String now() {
        return offsetMillis == 0
                ? "clock_timestamp()"
                : "(clock_timestamp() + interval '" + offsetMillis + " milliseconds')";
    }

    /**
     * An SQL condition: a stored moment is over. One further ahead than its longest span was stored before the clock went back;
     * nobody waits for it.
     */
    public String isPast(String moment, Duration longest) {
        return "(%1$s <= %2$s or %1$s > %2$s + interval '%3$s milliseconds')"
                .formatted(moment, now(), longest.toMillis());
    }
}
