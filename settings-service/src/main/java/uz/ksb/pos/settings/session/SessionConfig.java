package uz.ksb.pos.settings.session;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long sessions last. */
@ConfigMapping(prefix = "pos.session")
interface SessionConfig {
    /** How long an earlier refresh token still gets the newest one after its successor was first used. */
    @WithDefault("60s")
    Duration grace();

    /** A session that is not used for this long ends. */
    @WithDefault("90d")
    Duration unused();
}
