package uz.ksb.pos.gateway.tillsocket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Socket.IO, beyond the limits that it shares with {@code /ws}. */
@ConfigMapping(prefix = "pos.live.socketio")
interface TillSocketConfig {
    /** How often a client is pinged. */
    @WithDefault("25s")
    Duration pingInterval();

    /** How long it may take to answer. */
    @WithDefault("20s")
    Duration pingTimeout();

    /** How long the change from polling to WebSocket may take. */
    @WithDefault("10s")
    Duration upgradeWithin();

    /** Sessions of one address that have shown no valid token yet. */
    @WithDefault("1000")
    int waitingPerAddress();

    /** How often a client that has had everything is told its position, so that it can come back also after quiet hours. */
    @WithDefault("5m")
    Duration positionEvery();

    /**
     * Old names of events, by the type of ours: after the event a hint of that name is emitted, without data. Such as {@code
     * pos.live.socketio.old-names."sale.completed"=gettingSoldProducts}. None by default.
     */
    Map<String, String> oldNames();
}
