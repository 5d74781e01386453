/**
 * A server of Socket.IO 5 over {@code engine}: namespaces, events, acknowledgements both ways, attachments.
 *
 * <p>Invariants: a client is told that a namespace has let it in before anything else of it; an event of a client that asks
 * for an acknowledgement is answered by the application at most once; a packet that breaks the protocol ends the session;
 * a session without any namespace ends after {@code connectTimeout}.
 *
 * <p>Threads: all of a session happens on its event loop. Knows nothing of tills and shops: it may depend on {@code websocket}
 * only ({@code ArchitectureTest}).
 */
@CheckReturnValue
package uz.ksb.pos.gateway.socketio;

import com.google.errorprone.annotations.CheckReturnValue;
