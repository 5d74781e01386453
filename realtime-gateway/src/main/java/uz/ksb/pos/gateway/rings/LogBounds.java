package uz.ksb.pos.gateway.rings;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;

/** The present begin and end of the log, as Kafka says: they tell whether a position can be true and can be served. */
public interface LogBounds {
    /** Completed on any thread; exceptionally when Kafka does not answer. */
    CompletionStage<Bounds> of(int partition);

    /**
     * Whether the log still holds what {@code since} says a client has had of {@code topics}: it may have lost its tail
     * and grown again. Completed on any thread; exceptionally when Kafka does not answer.
     */
    CompletionStage<Boolean> holds(int partition, Position since, Set<LiveTopic> topics);

    /**
     * One partition of all topics.
     *
     * @param first the oldest events that are kept
     * @param end where the next events will be
     */
    record Bounds(Position first, Position end) {}
}
