package uz.ksb.pos.gateway.rings;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;

/**
 * One event, ready to be sent, and what decides who gets it.
 *
 * <p>The bytes are encoded once for the channel that carries the whole topic; the rarer forms (another channel's name, a
 * resuming client's position) are assembled from them.
 */
public final class Frame {
    private static final byte[] BEFORE_TYPE = bytes("\",\"type\":");
    private static final byte[] BEFORE_DATA = bytes("\",\"data\":");
    private static final byte[] START = bytes("{\"op\":\"event\",\"channel\":\"");

    /**
     * The facts that decide who gets a frame.
     *
     * @param leader the leader epoch under which it was written
     * @param traceParent of an event whose trace is kept; null: of all others
     */
    public record Facts(
            LiveTopic topic,
            long offset,
            int leader,
            UUID eventId,
            long committedAt,
            long recordedAt,
            String saleId,
            String stateKey,
            long version,
            Set<String> addressees,
            String traceParent) {
        public static final long NO_VERSION = -1;
    }

    private final Facts facts;
    private final Position position;
    private final byte[] json;
    private final int restAt;
    private final int positionAt;
    private final int positionEnd;
    private final int typeAt;
    private final int typeEnd;
    private final int dataAt;
    private volatile byte[] saleJson;
    private volatile List<byte[]> otherForm;
    private volatile boolean superseded;
    private long index;

    private Frame(Facts facts, Position position, byte[] json, Parts parts) {
        this.facts = facts;
        this.position = position;
        this.json = json;
        this.restAt = parts.restAt();
        this.typeAt = parts.typeAt();
        this.typeEnd = parts.typeEnd();
        this.positionAt = parts.positionAt();
        this.positionEnd = parts.positionEnd();
        this.dataAt = parts.dataAt();
    }

    /** Where the parts of the message begin and end. */
    private record Parts(int restAt, int typeAt, int typeEnd, int positionAt, int positionEnd, int dataAt) {}

    /**
     * @param type of the event, as a JSON text
     * @param attributes the JSON members between type and position, each followed by a comma
     * @param data the event's data as JSON
     */
    static Frame encode(Facts facts, Position position, String type, String attributes, byte[] data) {
        byte[] channel = bytes(Channel.Kind.whole(facts.topic()).word());
        byte[] quotedType = bytes(type);
        byte[] beforePosition = bytes("," + attributes + "\"position\":\"");
        byte[] place = bytes(position.toString());
        byte[] json = join(
                START, channel, BEFORE_TYPE, quotedType, beforePosition, place, BEFORE_DATA, data, new byte[] {'}'});
        int restAt = START.length + channel.length;
        int typeAt = restAt + BEFORE_TYPE.length;
        int typeEnd = typeAt + quotedType.length;
        int positionAt = typeEnd + beforePosition.length;
        int positionEnd = positionAt + place.length;
        return new Frame(
                facts,
                position,
                json,
                new Parts(restAt, typeAt, typeEnd, positionAt, positionEnd, positionEnd + BEFORE_DATA.length));
    }

    public Facts facts() {
        return facts;
    }

    /** The position of a client that has had this frame and all before it. */
    public Position position() {
        return position;
    }

    /** The message as the subscribers of the whole topic get it. Shared: not to be changed. */
    public byte[] json() {
        return json;
    }

    /** The message as it goes to {@code channel}. Shared: not to be changed. */
    public byte[] json(Channel.Kind channel) {
        if (channel != Channel.Kind.SALE) {
            return json;
        }
        byte[] encoded = saleJson;
        if (encoded == null) {
            encoded = join(START, bytes(Channel.ofSale(facts.saleId()).name()), slice(restAt, json.length));
            saleJson = encoded;
        }
        return encoded;
    }

    /** The message with another position: that of a client who has had more than this node's order of reading tells. */
    public byte[] json(Channel.Kind channel, Position place) {
        byte[] name = channel == Channel.Kind.SALE
                ? bytes(Channel.ofSale(facts.saleId()).name())
                : bytes(channel.word());
        return join(START, name, slice(restAt, positionAt), bytes(place.toString()), slice(positionEnd, json.length));
    }

    /**
     * The event in the form of another protocol, made once by the first who needs it: at most doubles the room of a frame.
     *
     * @param make called again only by threads that come at the same moment
     */
    public List<byte[]> otherForm(Function<Frame, List<byte[]>> make) {
        List<byte[]> encoded = otherForm;
        if (encoded == null) {
            encoded = make.apply(this);
            otherForm = encoded;
        }
        return encoded;
    }

    /** The type of the event, as a JSON text. */
    public byte[] type() {
        return slice(typeAt, typeEnd);
    }

    /** The event's data, a JSON object. */
    public byte[] data() {
        return slice(dataAt, json.length - 1);
    }

    /** Whether the ring holds a newer value of the same state further on. */
    public boolean isSuperseded() {
        return superseded;
    }

    void supersede() {
        superseded = true;
    }

    public int size() {
        return json.length;
    }

    long index() {
        return index;
    }

    void placeAt(long place) {
        index = place;
    }

    private byte[] slice(int from, int to) {
        return java.util.Arrays.copyOfRange(json, from, to);
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] joined = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
