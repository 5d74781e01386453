package uz.ksb.pos.gateway.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Deadlines and limits of the socket. */
@ConfigMapping(prefix = "pos.live.connection")
public interface ConnectionConfig {
    /** How long a new connection may take for its token. */
    @WithDefault("5s")
    Duration authWithin();

    /** How often the server pings; a client that is silent for more than twice as long is closed. */
    @WithDefault("25s")
    Duration heartbeat();

    /** How long before its token's end a client is told. */
    @WithDefault("60s")
    Duration expiryWarning();

    /** Within which time clients are asked to leave a node that shuts down; it waits no longer. */
    @WithDefault("30s")
    Duration moveWithin();

    /** Largest message of a client. */
    @WithDefault("16K")
    MemorySize maxMessage();

    /** Messages a client may send per second, for long; a burst may be ten times as many. */
    @WithDefault("20")
    int messagesPerSecond();

    /** Bytes a client may send per second, for long; a burst may be ten times as many. */
    @WithDefault("32K")
    MemorySize bytesPerSecond();

    /** Connections of one device. */
    @WithDefault("20")
    int perDevice();

    /** Connections of one enterprise. */
    @WithDefault("5000")
    int perEnterprise();

    /** Connections from one address, which a shop or a provider may share. */
    @WithDefault("10000")
    int perAddress();
}
