package uz.ksb.pos.sync.run;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

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

    /** Enterprises whose back offices one replica reads at the same time; those that are slow have places of their own. */
    @WithDefault("64")
    int maxReaders();

    /** Enterprises with slow back offices that one replica reads besides. */
    @WithDefault("192")
    int maxSlowReaders();

    /** A call that takes longer is slow: it gives its place to others. */
    @WithDefault("1s")
    Duration slowAfter();

    /** The run that each enterprise has at night. */
    Nightly nightly();

    /** Off unless {@link #at} says when. */
    interface Nightly {
        /** The time of day, such as {@code 03:30}; absent: none. */
        Optional<LocalTime> at();

        /** Of that time. */
        @WithDefault("Asia/Tashkent")
        ZoneId zone();

        /** How much later a run may still begin, for a service that was away. */
        @WithDefault("3h")
        Duration window();

        /** How often it is looked whether a run has to begin. */
        @WithDefault("1m")
        Duration every();

        /** Under which the back office knows these runs; it must admit this device. */
        @WithDefault("00000000-0000-4000-8000-6e696768746c")
        String deviceId();
    }

    /** Chunks of deltas that one replica sends at the same time: each has up to 500 KB of rows in memory. */
    @WithDefault("4")
    int maxSenders();
}
