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

    /** Without a valid token. */
    @WithDefault("64K")
    MemorySize anonymous();

    /** Exceptions, by path; {@code quarkus.http.limits.max-body-size} must allow them. */
    Map<String, MemorySize> larger();

    /** How long such a larger one may take to arrive. */
    @WithDefault("30s")
    Duration largerWithin();

    /** Paths that take a body in pieces: they look at its sender, size and encoding themselves. */
    Optional<Set<String>> streamed();
}
