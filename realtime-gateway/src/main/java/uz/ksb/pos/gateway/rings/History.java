package uz.ksb.pos.gateway.rings;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import uz.ksb.pos.gateway.protocol.LiveTopic;

/** Older events than the rings hold, in pieces. */
public interface History {
    /**
     * The piece of {@code topic} in which {@code offset} lies, which must be before the end of the log.
     *
     * @return completed on any thread; exceptionally when Kafka does not answer
     */
    CompletionStage<Answer> read(LiveTopic topic, int partition, long offset);

    /** The answer of Kafka. */
    sealed interface Answer {
        /**
         * The events from {@code from} to before {@code end}, each id once, by enterprise. Shared: not to be changed.
         *
         * @param from the first offset it covers
         * @param leader the leader epoch under which the event before {@code end} was written
         * @param bytes the size of all frames
         */
        record Piece(long from, long end, int leader, Map<String, List<Frame>> byEnterprise, long bytes)
                implements Answer {
            public List<Frame> of(String ksbId) {
                return byEnterprise.getOrDefault(ksbId, List.of());
            }
        }

        /** Kafka has let it go too. */
        record Gone() implements Answer {}
    }
}
