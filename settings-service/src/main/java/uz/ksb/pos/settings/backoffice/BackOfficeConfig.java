package uz.ksb.pos.settings.backoffice;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the enterprises' ERPs are asked. */
@ConfigMapping(prefix = "pos.back-office")
interface BackOfficeConfig {
    /** How long a person who logs in waits for its answer. */
    @WithDefault("10s")
    Duration loginTimeout();
}
