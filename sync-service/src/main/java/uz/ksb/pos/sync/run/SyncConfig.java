package uz.ksb.pos.sync.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How runs behave. */
@ConfigMapping(prefix = "pos.sync")
interface SyncConfig {
    /** How long a device waits from the start of one run to the next. */
    @WithDefault("10m")
    Duration cooldown();

    /** How long a run may take before it is ended as failed. */
    @WithDefault("10m")
    Duration limit();

    /** Pauses before a failed part is tried again; after the last the run ends as failed. */
    @WithDefault("1s,5s,15s")
    List<Duration> retries();

    /** How long a replica that died keeps an enterprise from the others; renewed while it lives. */
    @WithDefault("15s")
    Duration lease();

    /** Enterprises whose back offices one replica reads at the same time. */
    @WithDefault("64")
    int maxReaders();

    /** Deltas that one replica sends at the same time: each has up to 500 KB of rows in memory. */
    @WithDefault("4")
    int maxSenders();
}
