package uz.ksb.pos.sync.backoffice;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the enterprises' ERPs are read. */
@ConfigMapping(prefix = "pos.back-office")
interface BackOfficeConfig {
    /** How long a delta may take. */
    @WithDefault("300s")
    Duration readTimeout();

    /** How long a delta may be; it is kept on the disk while it is read. */
    @WithDefault("512M")
    MemorySize maxAnswer();
}
