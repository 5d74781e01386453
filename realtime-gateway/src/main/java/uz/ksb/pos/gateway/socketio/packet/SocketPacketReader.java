package uz.ksb.pos.gateway.socketio.packet;

import static uz.ksb.pos.gateway.socketio.packet.JsonArray.require;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Puts the packets of one client together: the text, then as many attachments as it announces, and nothing between them. One
 * thread.
 */
public final class SocketPacketReader {
    private static final int MAX_ATTACHMENTS = 16;
    private static final int MAX_NAMESPACE = 128;
    /** The digits of the largest whole number that JavaScript counts without a gap. */
    private static final int MAX_DIGITS = 15;

    /** Names that the libraries keep for themselves. */
    private static final Set<String> RESERVED =
            Set.of("connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final long maxBytes;
    private Head awaiting;
    private List<byte[]> attachments = List.of();
    private long bytes;

    /** @param maxBytes of all attachments of a packet together */
    public SocketPacketReader(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** The text of a packet whose attachments are still to come. */
    private record Head(int type, String namespace, OptionalLong id, int attachments, String payload) {}

    /**
     * Takes a text message.
     *
     * @return the packet, if it is complete
     * @throws MalformedPacket when it is none, or attachments of the one before are missing
     */
    public Optional<SocketPacket> text(String text) throws MalformedPacket {
        require(awaiting == null, "text in place of an attachment");
        Head head = new HeadReader(text).read();
        if (head.attachments() == 0) {
            return Optional.of(packet(head, List.of()));
        }
        // The text is checked before anything is kept for it.
        List<String> unused = JsonArray.elements(head.payload(), head.attachments());
        awaiting = head;
        attachments = new ArrayList<>(head.attachments());
        bytes = 0;
        return Optional.empty();
    }

    /**
     * Takes an attachment.
     *
     * @throws MalformedPacket when none is awaited, or there are too many bytes
     */
    public Optional<SocketPacket> binary(byte[] attachment) throws MalformedPacket {
        require(awaiting != null, "an attachment that nothing refers to");
        bytes += attachment.length;
        require(bytes <= maxBytes, "attachments that are too large");
        attachments.add(attachment);
        if (attachments.size() < awaiting.attachments()) {
            return Optional.empty();
        }
        Head head = awaiting;
        awaiting = null;
        List<byte[]> all = attachments;
        attachments = List.of();
        return Optional.of(packet(head, all));
    }

    private static SocketPacket packet(Head head, List<byte[]> attachments) throws MalformedPacket {
        return switch (head.type()) {
            case PacketType.CONNECT -> connect(head);
            case PacketType.DISCONNECT -> {
                require(head.payload().isEmpty() && head.id().isEmpty(), "a payload of a disconnect");
                yield new SocketPacket.Disconnect(head.namespace());
            }
            case PacketType.EVENT, PacketType.BINARY_EVENT -> event(head, attachments);
            case PacketType.ACK, PacketType.BINARY_ACK -> {
                require(head.id().isPresent(), "an acknowledgement without a number");
                yield new SocketPacket.Ack(
                        head.namespace(),
                        head.id().getAsLong(),
                        JsonArray.elements(head.payload(), head.attachments()),
                        attachments);
            }
            default -> throw new MalformedPacket("a type of packet that clients do not send");
        };
    }

    private static SocketPacket connect(Head head) throws MalformedPacket {
        require(head.id().isEmpty(), "a connect with a number");
        String auth = head.payload().isEmpty() ? "{}" : JsonArray.object(head.payload());
        return new SocketPacket.Connect(head.namespace(), auth);
    }

    private static SocketPacket event(Head head, List<byte[]> attachments) throws MalformedPacket {
        List<String> elements = JsonArray.elements(head.payload(), head.attachments());
        require(!elements.isEmpty() && elements.getFirst().startsWith("\""), "an event without a name");
        String name = name(elements.getFirst());
        require(!RESERVED.contains(name), "an event with a reserved name");
        return new SocketPacket.Event(
                head.namespace(), head.id(), name, List.copyOf(elements.subList(1, elements.size())), attachments);
    }

    private static String name(String json) throws MalformedPacket {
        try {
            return JSON.readValue(json, String.class);
        } catch (IOException impossible) {
            throw new MalformedPacket("a name that is no text");
        }
    }

    /** Reads {@code <type>[<attachments>-][<namespace>,][<id>][<payload>]}. */
    private static final class HeadReader {
        private final String text;
        private int at;

        HeadReader(String text) {
            this.text = text;
        }

        Head read() throws MalformedPacket {
            require(!text.isEmpty(), "an empty message");
            int type = text.charAt(at++) - '0';
            int attachments = 0;
            if (type == PacketType.BINARY_EVENT || type == PacketType.BINARY_ACK) {
                long announced = number().orElseThrow(() -> new MalformedPacket("no number of attachments"));
                require(at < text.length() && text.charAt(at++) == '-', "no end of the number of attachments");
                require(announced <= MAX_ATTACHMENTS, "too many attachments");
                attachments = (int) announced;
            }
            String namespace = namespace();
            OptionalLong id = number();
            return new Head(type, namespace, id, attachments, text.substring(at));
        }

        private String namespace() throws MalformedPacket {
            if (at == text.length() || text.charAt(at) != '/') {
                return "/";
            }
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            require(end - at <= MAX_NAMESPACE, "a name of a namespace that is too long");
            String namespace = text.substring(at, end);
            at = comma < 0 ? end : end + 1;
            return namespace;
        }

        private OptionalLong number() throws MalformedPacket {
            int start = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            require(at - start <= MAX_DIGITS, "a number that is too large");
            return start == at ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text, start, at, 10));
        }
    }
}
