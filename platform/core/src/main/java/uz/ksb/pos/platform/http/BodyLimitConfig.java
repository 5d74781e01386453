package uz.ksb.pos.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How large a request's body may be. */
@ConfigMapping(prefix = "pos.http.body-limit")
interface BodyLimitConfig {
    /** Where nothing else is said. */
    @WithDefault("1M")
    MemorySize usual();

    /** Exceptions, by path; {@code quarkus.http.limits.max-body-size} must allow them. */
    Map<String, MemorySize> larger();

    /** How long such a larger one may take to arrive. They come in one at a time. */
    @WithDefault("30s")
    Duration largerWithin();

    /** Paths that take a body in pieces and have limits of their own. */
    Optional<Set<String>> streamed();
}
