package uz.ksb.pos.gateway.hub;

import java.util.List;
import java.util.function.Function;
import uz.ksb.pos.gateway.protocol.Position;

/**
 * Messages that several clients of one event loop are due, in this order: put on the wire's form once, by the first who gets
 * them. On that event loop, for one turn.
 */
public final class FrameBatch {
    static final FrameBatch NONE = new FrameBatch(List.of(), 0, null);

    private final List<byte[]> messages;
    private final long end;
    private final Position position;
    private final int bytes;
    private Wire wire;

    /** The batch in the form that a sink writes. */
    public interface Wire {
        /** No other client will be given this batch. */
        void release();
    }

    /**
     * @param end index behind the last frame
     * @param position where a client is that has had them
     */
    FrameBatch(List<byte[]> messages, long end, Position position) {
        this.messages = messages;
        this.end = end;
        this.position = position;
        this.bytes = messages.stream().mapToInt(message -> message.length).sum();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    long end() {
        return end;
    }

    Position position() {
        return position;
    }

    /** The size of all messages. */
    public int bytes() {
        return bytes;
    }

    /** JSON in UTF-8. Shared: not to be changed. */
    public List<byte[]> messages() {
        return messages;
    }

    /** @param make called once */
    public Wire wire(Function<FrameBatch, Wire> make) {
        if (wire == null) {
            wire = make.apply(this);
        }
        return wire;
    }

    void release() {
        if (wire != null) {
            wire.release();
            wire = null;
        }
    }
}
