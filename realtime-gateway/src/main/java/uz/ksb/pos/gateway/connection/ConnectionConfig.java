package uz.ksb.pos.gateway.connection;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import uz.ksb.pos.gateway.quota.ConnectionQuotas;

/** Deadlines and limits of the socket. */
@ConfigMapping(prefix = "pos.live.connection")
public interface ConnectionConfig {
    /** Origins whose pages may connect; clients that tell none always may. Absent: every origin, as tills need no cookies. */
    Optional<Set<String>> allowedOrigins();

    /** How long a new connection may take for its token. */
    @WithDefault("5s")
    Duration authWithin();

    /** How often the server pings; a client that has all there is and is silent for 2.5 times as long is closed. */
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

    /** Messages, and frames of them, a client may send per second, for long; a burst may be ten times as many. */
    @WithDefault("20")
    int messagesPerSecond();

    /** Bytes a client may send per second, for long; a burst may be ten times as many. */
    @WithDefault("32K")
    MemorySize bytesPerSecond();

    /** How long a client may take nothing of what waits for it, and say nothing: then it has gone, or is better off anew. */
    @WithDefault("5m")
    Duration patience();

    /** Connections of one device. */
    @WithDefault("20")
    int perDevice();

    /** Messages of one device per second, for long. */
    @WithDefault("60")
    int messagesPerDevice();

    /** Bytes of one device per second, for long. */
    @WithDefault("128K")
    MemorySize bytesPerDevice();

    /** Connections of one enterprise. */
    @WithDefault("5000")
    int perEnterprise();

    /** Messages of one enterprise per second, for long. */
    @WithDefault("5000")
    int messagesPerEnterprise();

    /** Bytes of one enterprise per second, for long. */
    @WithDefault("4M")
    MemorySize bytesPerEnterprise();

    /** Connections from one address, which a shop or a provider may share. */
    @WithDefault("10000")
    int perAddress();

    /** Messages from one address per second, for long. */
    @WithDefault("10000")
    int messagesPerAddress();

    /** Bytes from one address per second, for long. */
    @WithDefault("8M")
    MemorySize bytesPerAddress();

    /** Whether a page of {@code origin} may not connect. @param origin null: the client tells none */
    default boolean refusesOrigin(String origin) {
        return origin != null
                && allowedOrigins().filter(allowed -> !allowed.contains(origin)).isPresent();
    }

    default ConnectionQuotas.Limit ofDevice() {
        return new ConnectionQuotas.Limit(
                perDevice(), messagesPerDevice(), bytesPerDevice().asLongValue());
    }

    default ConnectionQuotas.Limit ofEnterprise() {
        return new ConnectionQuotas.Limit(
                perEnterprise(), messagesPerEnterprise(), bytesPerEnterprise().asLongValue());
    }

    default ConnectionQuotas.Limit ofAddress() {
        return new ConnectionQuotas.Limit(
                perAddress(), messagesPerAddress(), bytesPerAddress().asLongValue());
    }
}
