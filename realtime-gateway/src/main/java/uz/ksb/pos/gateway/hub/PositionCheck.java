package uz.ksb.pos.gateway.hub;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.LogBounds;
import uz.ksb.pos.gateway.rings.Ring;

/** Whether a position that a client shows can be resumed without a gap. Any doubt is a no. */
final class PositionCheck {
    private final Log log;
    private final Ring ring;

    PositionCheck(Log log, Ring ring) {
        this.log = log;
        this.ring = ring;
    }

    /** Whether the ring alone has all that follows, as this node knows by itself. */
    boolean isInRing(Position since, Set<LiveTopic> topics) {
        return log.rings().holds(ring.partition(), since, topics)
                && log.rings().head(ring.partition()).reaches(since)
                && Replay.missing(ring, since, topics) == 0;
    }

    /**
     * Asks Kafka: this node may be behind the position, the ring may not reach it, or it may be no true one.
     *
     * @return never completed exceptionally; no answer is a no
     */
    CompletionStage<Boolean> ask(Position since, Set<LiveTopic> topics) {
        return log.bounds()
                .of(ring.partition())
                .thenCompose(bounds -> isWithin(bounds, since, topics)
                        ? log.bounds().holds(ring.partition(), since, topics)
                        : CompletableFuture.completedFuture(false))
                .exceptionally(noAnswer -> false);
    }

    private boolean isWithin(LogBounds.Bounds bounds, Position since, Set<LiveTopic> topics) {
        long missing = Replay.missing(ring, since, topics);
        return bounds.end().reaches(since)
                && missing <= log.mostReplayed()
                && (missing == 0
                        || topics.stream()
                                .allMatch(topic ->
                                        since.next(topic) >= bounds.first().next(topic)));
    }
}
