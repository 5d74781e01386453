/**
 * A server of Engine.IO 4: sessions over polling and WebSocket, the upgrade from one to the other, heartbeats.
 *
 * <p>Invariants: a session has one transport at a time, one pending poll and one pending post; a second one ends it. Messages
 * go out in their order, also over an upgrade. A session ends when its client is silent, closes, breaks the protocol or
 * sends more than it may, and nothing is kept of it then.
 *
 * <p>Threads: a session lives on the event loop of its handshake. Requests and frames that arrive on other loops are handed
 * over; answers go back to the loop of their request. Knows nothing of Socket.IO, nor of what the messages are for.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.socketio.engine;

import com.google.errorprone.annotations.CheckReturnValue;
