/**
 * How it is written: {@code /ws} as a Vert.x route, one {@link uz.ksb.pos.gateway.connection.Connection} per socket that
 * authenticates, limits and frames. A turn's messages are framed into one buffer and written past the WebSocket encoder.
 *
 * <p>Threads: a connection lives on the event loop of its socket; tokens are verified on worker threads while the socket is
 * paused; one timer drives all deadlines. Must not know what events mean or where they come from.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.connection;

import com.google.errorprone.annotations.CheckReturnValue;
