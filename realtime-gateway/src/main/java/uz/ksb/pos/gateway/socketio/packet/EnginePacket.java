package uz.ksb.pos.gateway.socketio.packet;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A packet of Engine.IO 4. */
public sealed interface EnginePacket {
    /** The first character of a text packet; the order is that of the protocol's digits. */
    enum Type {
        OPEN,
        CLOSE,
        PING,
        PONG,
        MESSAGE,
        UPGRADE,
        NOOP;

        private static final Type[] ALL = values();

        char digit() {
            return (char) ('0' + ordinal());
        }
    }

    /** @param data what follows the digit of the type */
    record Text(Type type, String data) implements EnginePacket {}

    /** A message of bytes. */
    record Binary(byte[] data) implements EnginePacket {}

    /** The form in a WebSocket's text frame, and between the separators of a polling payload. */
    static byte[] encode(Type type, String data) {
        return (type.digit() + data).getBytes(StandardCharsets.UTF_8);
    }

    /** A message of bytes as text, for polling. */
    static byte[] encodeBase64(byte[] data) {
        byte[] encoded = Base64.getEncoder().encode(data);
        byte[] packet = new byte[encoded.length + 1];
        packet[0] = 'b';
        System.arraycopy(encoded, 0, packet, 1, encoded.length);
        return packet;
    }

    /** @throws MalformedPacket when the type is unknown, or the bytes are not base64 */
    static EnginePacket decode(String text) throws MalformedPacket {
        if (text.isEmpty()) {
            throw new MalformedPacket("an empty packet");
        }
        char first = text.charAt(0);
        if (first == 'b') {
            return new Binary(bytes(text.substring(1)));
        }
        int type = first - '0';
        if (type < 0 || type >= Type.ALL.length) {
            throw new MalformedPacket("an unknown type of packet");
        }
        return new Text(Type.ALL[type], text.substring(1));
    }

    private static byte[] bytes(String base64) throws MalformedPacket {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw new MalformedPacket("bytes that are not base64");
        }
    }
}
