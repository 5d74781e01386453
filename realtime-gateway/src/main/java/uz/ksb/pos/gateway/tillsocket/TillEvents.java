package uz.ksb.pos.gateway.tillsocket;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.EventForm;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.socketio.packet.ServerPacket;

/**
 * Events as packets of Socket.IO: the event's type is the name, the arguments are data and position. A hint with an old name
 * follows where there is one, after the event, since its position covers the event.
 */
final class TillEvents implements EventForm {
    private static final byte[] START = bytes("42[");
    private static final byte[] BEFORE_POSITION = bytes(",\"");
    private static final byte[] END = bytes("\"]");

    /** By the quoted type. */
    private final Map<String, String> oldNames = new HashMap<>();

    /** @param oldNames by the type of ours */
    TillEvents(Map<String, String> oldNames) {
        oldNames.forEach((type, old) -> this.oldNames.put(ServerPacket.quoted(type), ServerPacket.quoted(old)));
    }

    @Override
    public List<byte[]> messages(Frame frame, Channel.Kind channel) {
        return frame.otherForm(made -> encode(made, made.position()));
    }

    @Override
    public List<byte[]> messages(Frame frame, Channel.Kind channel, Position place) {
        return encode(frame, place);
    }

    private List<byte[]> encode(Frame frame, Position place) {
        byte[] type = frame.type();
        byte[] position = bytes(place.toString());
        byte[] event = join(START, type, new byte[] {','}, frame.data(), BEFORE_POSITION, position, END);
        String old = oldNames.isEmpty() ? null : oldNames.get(new String(type, StandardCharsets.UTF_8));
        return old == null ? List.of(event) : List.of(event, join(START, bytes(old), BEFORE_POSITION, position, END));
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream joined = new ByteArrayOutputStream(length);
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
