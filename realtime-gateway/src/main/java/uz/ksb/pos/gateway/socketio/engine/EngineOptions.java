package uz.ksb.pos.gateway.socketio.engine;

import java.time.Duration;

/**
 * How a server of Engine.IO behaves.
 *
 * @param pingInterval from the handshake or the last answer of a client to the next ping
 * @param pingTimeout how long a client may take to answer a ping
 * @param upgradeTimeout how long an upgrade may take
 * @param maxPayload bytes of a message of a client, and of the body of a request
 * @param maxQueued bytes that wait for a client that polls; with more its session ends
 */
public record EngineOptions(
        Duration pingInterval, Duration pingTimeout, Duration upgradeTimeout, int maxPayload, int maxQueued) {}
