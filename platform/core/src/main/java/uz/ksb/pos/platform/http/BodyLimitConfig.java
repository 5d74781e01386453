package uz.ksb.pos.platform.http;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Limits on the size of a request's body. */
@ConfigMapping(prefix = "pos.http.body-limit")
interface BodyLimitConfig {
    /** The usual limit. */
    @WithDefault("1M")
    MemorySize usual();

    /** The limit without a valid token. */
    @WithDefault("64K")
    MemorySize anonymous();

    /** Exceptions, by path; {@code quarkus.http.limits.max-body-size} must allow them. */
    Map<String, MemorySize> larger();

    /** The time that a body may take to arrive. */
    @WithDefault("30s")
    Duration within();

    /** The time that a larger one may take. */
    @WithDefault("30s")
    Duration largerWithin();

    /** Paths that take a body in pieces: they look at its sender, size and encoding themselves. */
    Optional<Set<String>> streamed();
}
