package uz.ksb.pos.product.feed;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The pages of the feed that are kept for tills that start together. */
@ConfigMapping(prefix = "pos.feed.cache")
interface FeedConfig {
    /** Of all enterprises together, compressed. */
    @WithDefault("16M")
    MemorySize size();

    /** How long a page is given out. */
    @WithDefault("30s")
    Duration time();
}
