/**
 * Decides which client is sent which event. A subscriber is a cursor into the ring of its enterprise; it has no queue.
 *
 * <p>Invariants: a subscriber is joined to one enterprise, that of its verified token, and reads that ring only; what it is
 * sent goes out in the order of the ring, nothing ahead of its place; a snapshot is sent before the events that follow it
 * and no event that it contains is sent after it; what cannot be replayed is told ({@code recovered:false}), never skipped
 * in silence.
 *
 * <p>Threads: everything of a subscriber happens on its event loop; the rings' reader only wakes groups, one per enterprise
 * and event loop. Must not know how bytes reach the client (WebSocket, Socket.IO) nor Kafka.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.hub;

import com.google.errorprone.annotations.CheckReturnValue;
