package uz.ksb.pos.gateway.hub;

import java.util.List;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.Ring;

/** Sends one client what its channels make it due, without what it has had. On the client's event loop. */
final class Delivery {
    private static final int TURN_BYTES = 64 * 1024;

    private final ClientSink sink;
    private final Ring ring;
    private final Subscriptions subscriptions;
    private final CurrentValues values;
    private final LiveMetrics metrics;
    private boolean slow;

    Delivery(ClientSink sink, Ring ring, Subscriptions subscriptions, CurrentValues values, LiveMetrics metrics) {
        this.sink = sink;
        this.ring = ring;
        this.subscriptions = subscriptions;
        this.values = values;
        this.metrics = metrics;
    }

    enum Outcome {
        /** All that there was, or all that the client takes. */
        SENT,
        /** There is more, but others wait. */
        TURN_ENDED,
        /** The ring has let go of the next one. */
        FELL_OUT
    }

    /** @param batches of this turn */
    Outcome fromRing(Cursor cursor, FrameBatches batches) {
        int sent = 0;
        Outcome outcome = Outcome.SENT;
        while (outcome == Outcome.SENT && cursor.hasNext() && !sink.isFull()) {
            if (sent > TURN_BYTES) {
                outcome = Outcome.TURN_ENDED;
                continue;
            }
            FrameBatch batch =
                    cursor.isAsRead() ? batches.from(cursor.index(), subscriptions, sink.form()) : FrameBatch.NONE;
            if (batch.isEmpty()) {
                Frame frame = cursor.next();
                if (frame == null) {
                    outcome = Outcome.FELL_OUT;
                } else {
                    sent += deliver(cursor, frame);
                }
            } else {
                cursor.pass(batch);
                sink.send(batch);
                metrics.delivered(batch.messages().size(), batch.bytes());
                sent += batch.bytes();
            }
        }
        sink.flush();
        return outcome;
    }

    private int deliver(Cursor cursor, Frame frame) {
        Channel.Kind channel = subscriptions.channelOf(frame);
        if (channel == null || cursor.hasHad(frame) || (channel.isState() && isOutdated(frame))) {
            return 0;
        }
        return send(cursor.encoded(frame, channel, sink.form()));
    }

    /** @param place where the client is with this event */
    void replayed(Frame frame, Position place) {
        Channel.Kind channel = subscriptions.channelOf(frame);
        boolean newerFollows = channel != null
                && channel.isState()
                && (isOutdated(frame) || ring.holdsState(frame.facts().stateKey()));
        if (channel != null && !newerFollows) {
            int unused = send(sink.form().messages(frame, channel, place));
        }
    }

    private int send(List<byte[]> messages) {
        int size = 0;
        for (byte[] message : messages) {
            sink.send(message);
            size += message.length;
        }
        metrics.delivered(messages.size(), size);
        return size;
    }

    /** Counts the client among the slow ones, or not any more. */
    void noteSlowness(boolean full) {
        if (full != slow) {
            slow = full;
            metrics.slow(full);
        }
    }

    private boolean isOutdated(Frame frame) {
        return frame.isSuperseded() || values.contain(frame);
    }
}
