package uz.ksb.pos.gateway.hub;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.EventForm;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.Ring;
import uz.ksb.pos.gateway.rings.Rings;

/**
 * A place in a ring.
 *
 * <p>Nodes read the topics of a partition in different orders. A client that resumes may therefore have had events that stand
 * behind others it has not had: until the ring has passed all of {@code since}, what it covers is skipped, and the
 * positions told are those of both together.
 */
final class Cursor {
    private final Rings rings;
    private final Ring ring;
    private long index;
    private Position passed;
    private Position since;

    private Cursor(Rings rings, Ring ring, long index, Position passed, Position since) {
        this.rings = rings;
        this.ring = ring;
        this.index = index;
        this.passed = passed;
        this.since = since;
    }

    /** Behind all that was read so far. */
    static Cursor atHead(Rings rings, Ring ring) {
        // In this order: whatever the head covers is below the index.
        Position head = rings.head(ring.partition());
        long index = ring.next();
        Frame last = index > ring.first() ? ring.get(index - 1) : null;
        return new Cursor(rings, ring, index, last == null ? head : head.with(last.position()), null);
    }

    /**
     * At the first event that {@code since} does not cover.
     *
     * @param topics those that matter
     * @return empty when the ring has let go of something that was not covered
     */
    static Optional<Cursor> resuming(Rings rings, Ring ring, Position since, Set<LiveTopic> topics) {
        // In this order: what is let go below first is in lost.
        long first = ring.first();
        Position lost = ring.lost();
        if (since.epoch() != rings.epoch() || topics.stream().anyMatch(topic -> since.next(topic) < lost.next(topic))) {
            return Optional.empty();
        }
        long index = first;
        while (index < ring.next()) {
            Frame frame = ring.get(index);
            if (frame == null) {
                return Optional.empty();
            }
            if (!has(since, frame)) {
                break;
            }
            index++;
        }
        return Optional.of(new Cursor(rings, ring, index, null, since));
    }

    boolean hasNext() {
        return index < ring.next();
    }

    /** The next frame; null when the ring has let it go. */
    Frame next() {
        Frame frame = ring.get(index);
        if (frame == null) {
            return null;
        }
        if (since != null && passed != null && passed.reaches(since)) {
            since = null;
        }
        index++;
        passed = frame.position();
        return frame;
    }

    /** Whether the client has had all before this place and nothing behind it. */
    boolean isAsRead() {
        return since == null;
    }

    long index() {
        return index;
    }

    void pass(FrameBatch batch) {
        index = batch.end();
        passed = batch.position();
    }

    /** Whether the client had {@code frame} before it resumed. */
    boolean hasHad(Frame frame) {
        return since != null && has(since, frame);
    }

    List<byte[]> encoded(Frame frame, Channel.Kind channel, EventForm form) {
        return since == null
                ? form.messages(frame, channel)
                : form.messages(frame, channel, frame.position().with(since));
    }

    /** The position of a client that has been sent all before this cursor. */
    Position position() {
        // In this order: see atHead.
        Position head = rings.head(ring.partition());
        Position place = passed;
        if (index == ring.next()) {
            place = place == null ? head : place.with(head);
        }
        if (place == null) {
            return since;
        }
        return since == null ? place : place.with(since);
    }

    /**
     * Whether a client that has had {@code joining} of some channels continues here with them: nothing of them lies between, in
     * neither direction.
     *
     * @param concerns whether an event belongs to the channels in question
     */
    boolean continues(Position joining, Set<LiveTopic> topics, Predicate<Frame> concerns) {
        long first = ring.first();
        Position lost = ring.lost();
        Position head = rings.head(ring.partition());
        boolean known = joining.epoch() == rings.epoch()
                && rings.holds(ring.partition(), joining, topics)
                && topics.stream().allMatch(topic -> joining.next(topic) >= lost.next(topic))
                && (joining.equals(since)
                        || topics.stream().allMatch(topic -> joining.next(topic) <= head.next(topic)));
        if (!known) {
            return false;
        }
        for (long at = first; at < ring.next(); at++) {
            Frame frame = ring.get(at);
            if (frame == null || (concerns.test(frame) && has(joining, frame) != isBehind(at, frame))) {
                return false;
            }
        }
        return true;
    }

    private boolean isBehind(long at, Frame frame) {
        return at < index || hasHad(frame);
    }

    private static boolean has(Position position, Frame frame) {
        return position.covers(frame.facts().topic(), frame.facts().offset());
    }
}
