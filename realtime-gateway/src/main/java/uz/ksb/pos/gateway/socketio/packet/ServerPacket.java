package uz.ksb.pos.gateway.socketio.packet;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The packets of Socket.IO 5 that a server sends, ready as Engine.IO messages (with the digit 4 in front), in UTF-8. The
 * attachments of a packet follow it, each as a message of its own.
 */
public final class ServerPacket {
    private ServerPacket() {}

    /** @param payload a JSON object */
    public static byte[] connect(String namespace, String payload) {
        return bytes(PacketType.CONNECT, "", namespace, payload);
    }

    /** The refusal of a namespace. */
    public static byte[] connectError(String namespace, String message) {
        return bytes(PacketType.CONNECT_ERROR, "", namespace, "{\"message\":" + quoted(message) + "}");
    }

    public static byte[] disconnect(String namespace) {
        return bytes(PacketType.DISCONNECT, "", namespace, "");
    }

    /**
     * @param id of the acknowledgement that is awaited, as text; empty: none is
     * @param arguments each as JSON, with a placeholder for each attachment
     */
    public static byte[] event(String namespace, String id, String name, List<String> arguments, int attachments) {
        StringBuilder payload = new StringBuilder(id).append('[').append(quoted(name));
        arguments.forEach(argument -> payload.append(',').append(argument));
        return attachments == 0
                ? bytes(PacketType.EVENT, "", namespace, payload.append(']').toString())
                : bytes(
                        PacketType.BINARY_EVENT,
                        attachments + "-",
                        namespace,
                        payload.append(']').toString());
    }

    /** The answer to the client's event {@code id}. */
    public static byte[] ack(String namespace, long id, List<String> arguments, int attachments) {
        String payload = id + "[" + String.join(",", arguments) + "]";
        return attachments == 0
                ? bytes(PacketType.ACK, "", namespace, payload)
                : bytes(PacketType.BINARY_ACK, attachments + "-", namespace, payload);
    }

    /** {@code text} as JSON. */
    public static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    private static byte[] bytes(int type, String attachments, String namespace, String payload) {
        StringBuilder packet = new StringBuilder(payload.length() + namespace.length() + 8)
                .append(EnginePacket.Type.MESSAGE.digit())
                .append(type)
                .append(attachments);
        if (!namespace.equals("/")) {
            packet.append(namespace).append(',');
        }
        return packet.append(payload).toString().getBytes(StandardCharsets.UTF_8);
    }
}
