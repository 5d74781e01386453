package uz.ksb.pos.platform.outbox;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the relay. */
@ConfigMapping(prefix = "pos.outbox")
interface OutboxConfig {
    /** Whether this process may publish at all. */
    @WithDefault("true")
    boolean enabled();

    /** Most rows read, sent and deleted at once. */
    @WithDefault("1000")
    int batch();

    /** Most data read at once: a thousand large events would not fit into the heap. */
    @WithDefault("4M")
    MemorySize batchSize();

    /** How often the table is read without a notification: the longest delay after a lost one. */
    @WithDefault("1s")
    Duration poll();

    /** Least time from one reading to the next: events that come close together go out together. */
    @WithDefault("10ms")
    Duration pace();

    /** The longest such time, when many come. */
    @WithDefault("50ms")
    Duration longestPace();

    /** How long published events are kept, to be published again when Kafka's log has lost its end. */
    @WithDefault("5m")
    Duration kept();

    /** How often the end of the log is compared with them. */
    @WithDefault("30s")
    Duration check();

    /** How often a replica that does not publish tries to become the one that does. */
    @WithDefault("500ms")
    Duration takeover();

    /**
     * A relay whose process says nothing for so long, because it is frozen, loses its session and with it its turn. At least a
     * second; each third of it the session is used, so that a relay that only waits keeps its turn.
     */
    @WithDefault("6s")
    Duration silence();
}
