/**
 * A WebSocket of Vert.x below its encoder: ready messages are framed here and written as one buffer; the frames of a client
 * are checked before Vert.x sees them and put together to messages.
 *
 * <p>Threads: the frames of a client come on its channel's event loop; who writes does so from one thread, which may be
 * another one. Must not know what the messages mean, nor of which protocol they are.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.websocket;

import com.google.errorprone.annotations.CheckReturnValue;
