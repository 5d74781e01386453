/**
 * The packets of Engine.IO 4 and Socket.IO 5 as values, and their text and binary forms. A packet that breaks the rules is a
 * {@link uz.ksb.pos.gateway.socketio.packet.MalformedPacket}: the connection it came by cannot go on.
 *
 * <p>Pure: no thread, no network. Sizes are bounded by the caller, who knows how large a message may be; the number of
 * attachments and the depth of JSON are bounded here.
 *
 * <p>Sources: the protocol documents of engine.io-protocol (revision 4) and socket.io-protocol (revision 5).
 */
@CheckReturnValue
package uz.ksb.pos.gateway.socketio.packet;

import com.google.errorprone.annotations.CheckReturnValue;
