package uz.ksb.pos.gateway.socketio.packet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Several packets as one body of HTTP: joined by the record separator (U+001E). */
public final class PollingPayload {
    private static final char SEPARATOR = '\u001e';

    private PollingPayload() {}

    /** @throws MalformedPacket when one of the packets is malformed, or there is none */
    public static List<EnginePacket> decode(String body) throws MalformedPacket {
        List<EnginePacket> packets = new ArrayList<>();
        int start = 0;
        for (int end = body.indexOf(SEPARATOR); end >= 0; end = body.indexOf(SEPARATOR, start)) {
            packets.add(EnginePacket.decode(body.substring(start, end)));
            start = end + 1;
        }
        packets.add(EnginePacket.decode(body.substring(start)));
        return packets;
    }

    /** @param packets each in its text form, see {@link EnginePacket} */
    public static byte[] encode(Collection<byte[]> packets) {
        int length = Math.max(0, packets.size() - 1);
        for (byte[] packet : packets) {
            length += packet.length;
        }
        byte[] body = new byte[length];
        int at = 0;
        for (byte[] packet : packets) {
            if (at > 0) {
                body[at++] = SEPARATOR;
            }
            System.arraycopy(packet, 0, body, at, packet.length);
            at += packet.length;
        }
        return body;
    }
}
