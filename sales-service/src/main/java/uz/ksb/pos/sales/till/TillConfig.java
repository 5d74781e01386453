package uz.ksb.pos.sales.till;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When a till counts as away. */
@ConfigMapping(prefix = "pos.tills")
interface TillConfig {
    /** A till reports every 60 s; one that was not heard for this long is away. */
    @WithDefault("75s")
    Duration awayAfter();

    /** How often that is looked at. */
    @WithDefault("5s")
    Duration look();
}
