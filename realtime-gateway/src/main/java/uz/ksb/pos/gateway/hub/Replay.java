package uz.ksb.pos.gateway.hub;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.History;
import uz.ksb.pos.gateway.rings.Ring;

/**
 * The way of one client to the ring: what the ring has let go is read from Kafka, piece by piece and topic by topic, until
 * the ring has all that follows. No piece is kept for a client that does not take it: it is asked for again.
 *
 * <p>No gap and no overlap: the place is the next offset of each topic that the client has not had; a piece begins there,
 * and so does the cursor that goes on. On the client's event loop.
 */
final class Replay {
    private static final long AGAIN_MILLIS = 1_000;

    private final Log log;
    private final String ksbId;
    private final Ring ring;
    private final ClientSink sink;
    private final Client client;
    private final Set<LiveTopic> topics = EnumSet.noneOf(LiveTopic.class);
    private Position place;
    private boolean asked;
    private boolean ended;

    /** The client that is brought to the ring. */
    interface Client {
        /** @param place where the client is with this event */
        void replayed(Frame frame, Position place);

        /** The ring has all that follows. */
        void joined(Cursor cursor);

        /** Kafka has let go of something too, or there is too much of it. */
        void lost();

        /** The time to go on, see {@link Replay#pump}. */
        void pump();
    }

    Replay(
            Log log,
            String ksbId,
            Ring ring,
            ClientSink sink,
            Client client,
            Position since,
            Collection<LiveTopic> topics) {
        this.log = log;
        this.ksbId = ksbId;
        this.ring = ring;
        this.sink = sink;
        this.client = client;
        this.place = since;
        this.topics.addAll(topics);
    }

    Position place() {
        return place;
    }

    void only(Set<LiveTopic> wanted) {
        topics.retainAll(wanted);
    }

    void end() {
        ended = true;
    }

    void pump() {
        if (ended || asked || sink.isFull()) {
            return;
        }
        Optional<Cursor> cursor = Cursor.resuming(log.rings(), ring, place, topics);
        if (cursor.isPresent()) {
            ended = true;
            client.joined(cursor.get());
        } else if (missing(ring, place, topics) > log.mostReplayed()) {
            lose();
        } else {
            readOn();
        }
    }

    /** How many offsets lie between {@code place} and what {@code ring} can give. */
    static long missing(Ring ring, Position place, Set<LiveTopic> topics) {
        Position lost = ring.lost();
        return topics.stream()
                .mapToLong(topic -> Math.max(0, lost.next(topic) - place.next(topic)))
                .sum();
    }

    private void readOn() {
        Position lost = ring.lost();
        Optional<LiveTopic> behind = topics.stream()
                .filter(topic -> place.next(topic) < lost.next(topic))
                .findFirst();
        if (behind.isEmpty()) {
            // The ring let go of something between the two looks.
            sink.loop().executor().execute(client::pump);
            return;
        }
        asked = true;
        LiveTopic topic = behind.get();
        CompletionStage<Void> unusedAnswer = log.history()
                .read(topic, ring.partition(), place.next(topic))
                .handleAsync(
                        (answer, failure) -> {
                            asked = false;
                            if (!ended && failure == null) {
                                answered(topic, answer);
                            } else if (!ended) {
                                tryAgain();
                            }
                            return null;
                        },
                        sink.loop().executor());
    }

    private void tryAgain() {
        CompletableFuture.delayedExecutor(
                        AGAIN_MILLIS, TimeUnit.MILLISECONDS, sink.loop().executor())
                .execute(client::pump);
    }

    private void answered(LiveTopic topic, History.Answer answer) {
        switch (answer) {
            case History.Answer.Gone gone -> lose();
            case History.Answer.Piece piece -> give(topic, piece);
        }
    }

    /** Only what the ring has let go: a state of which the ring holds a value has a newer one there. */
    private void give(LiveTopic topic, History.Answer.Piece piece) {
        Position lost = ring.lost();
        boolean whole = piece.end() <= lost.next(topic);
        long end = whole ? piece.end() : lost.next(topic);
        for (Frame frame : piece.of(ksbId)) {
            long offset = frame.facts().offset();
            if (offset >= end) {
                break;
            }
            if (sink.isFull()) {
                sink.flush();
                return;
            }
            if (!place.covers(topic, offset)) {
                place = place.after(topic, offset, frame.facts().leader());
                client.replayed(frame, place);
            }
        }
        place = place.after(topic, end - 1, whole ? piece.leader() : lost.leader(topic));
        sink.flush();
        sink.loop().executor().execute(client::pump);
    }

    private void lose() {
        ended = true;
        client.lost();
    }
}
