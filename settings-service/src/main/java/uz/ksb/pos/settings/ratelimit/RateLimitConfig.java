package uz.ksb.pos.settings.ratelimit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How often an address may ask. */
@ConfigMapping(prefix = "pos.rate-limit")
interface RateLimitConfig {
    /** Calls of one address to the public paths of one replica within a minute. */
    @WithDefault("60")
    int publicPerMinute();

    /** Whether this machine's own callers are limited too; absent: not where {@code pos.environment=local}. */
    Optional<Boolean> loopback();
}
