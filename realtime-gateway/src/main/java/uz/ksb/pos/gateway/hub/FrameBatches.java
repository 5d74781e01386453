package uz.ksb.pos.gateway.hub;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.EventForm;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.Ring;

/**
 * The messages that several clients of an event loop share in one turn. Subscribers at the same place of the ring and follow the same
 * channels get the same messages, up to the first event that concerns each of them differently.
 */
final class FrameBatches {
    /** Everybody alone. */
    static final FrameBatches NONE = new FrameBatches(null);

    private static final int MAX_BYTES = 64 * 1024;

    private final Ring ring;
    private final Map<Start, FrameBatch> batches = new HashMap<>();

    FrameBatches(Ring ring) {
        this.ring = ring;
    }

    private record Start(long index, long channels, EventForm form) {}

    /** The messages from {@code index} on; empty when the next event is to be looked at for this client alone. */
    FrameBatch from(long index, Subscriptions subscriptions, EventForm form) {
        return ring == null
                ? FrameBatch.NONE
                : batches.computeIfAbsent(
                        new Start(index, subscriptions.signature(), form), start -> batch(start, subscriptions));
    }

    private FrameBatch batch(Start start, Subscriptions subscriptions) {
        List<byte[]> messages = new ArrayList<>();
        Position position = null;
        int bytes = 0;
        long index = start.index();
        while (index < ring.next() && bytes < MAX_BYTES) {
            Frame frame = ring.get(index);
            Subscriptions.Concern concern = frame == null ? Subscriptions.Concern.OWN : subscriptions.concern(frame);
            if (concern == Subscriptions.Concern.OWN) {
                break;
            }
            if (concern == Subscriptions.Concern.ALL) {
                for (byte[] message : start.form()
                        .messages(frame, Channel.Kind.whole(frame.facts().topic()))) {
                    messages.add(message);
                    bytes += message.length;
                }
            }
            position = frame.position();
            index++;
        }
        return new FrameBatch(messages, index, position);
    }

    void release() {
        batches.values().forEach(FrameBatch::release);
    }
}
