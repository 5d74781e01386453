package uz.ksb.pos.gateway.rings;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How much of the log a node keeps ready. */
@ConfigMapping(prefix = "pos.live.ring")
public interface RingConfig {
    /** How long an event stays in its ring, and how much of the log is read before the node is ready. */
    @WithDefault("5m")
    Duration window();

    /** Most bytes of frames of one enterprise. */
    @WithDefault("8M")
    MemorySize maxBytes();

    /** Most events of a partition that are read again from Kafka for a client that comes back; with more to read it is not recovered. */
    @WithDefault("100000")
    long historyEvents();

    /** Most bytes of events read again that are kept for the next who asks; one piece in any case. */
    @WithDefault("16M")
    MemorySize historyBytes();

    /** How much of the settings' topic is read before the node is ready: longer than any token lives. */
    @WithDefault("20m")
    Duration settingsWindow();
}
