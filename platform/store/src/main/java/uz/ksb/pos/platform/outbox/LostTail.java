package uz.ksb.pos.platform.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Finds acknowledged events that Kafka's log has lost, and puts them back into the outbox. A single broker loses the end of its log
 * with the machine's power, and the whole log with its folder. It shows by positions that go back: the end of a partition lies
 * before the last position that was acknowledged, or a new event gets a position that was given before.
 *
 * <p>Used by the relay's thread, for one turn.
 */
final class LostTail {
    private static final Logger LOG = Logger.getLogger(LostTail.class);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private final OutboxDatabase.Session session;
    private final Admin admin;
    private final OutboxConfig config;
    private final Map<TopicPartition, Long> last;
    private long nextCheck = System.nanoTime();
    private long comparedAt;
    private boolean someToForget;

    LostTail(OutboxDatabase.Session session, Admin admin, OutboxConfig config)
            throws InterruptedException, ExecutionException {
        this.session = session;
        this.admin = admin;
        this.config = config;
        this.last = session.lastPlaces();
    }

    /** Compares the ends of the log with the last positions, when it is time to. Afterwards some old events go at each call. */
    void check() throws InterruptedException, ExecutionException {
        if (System.nanoTime() - nextCheck >= 0) {
            compare();
        }
        if (someToForget) {
            // Those that were old when all were compared.
            someToForget = session.forget(config.kept().plusNanos(System.nanoTime() - comparedAt));
        }
    }

    /** Whether the next {@link #check} goes on with it. */
    boolean hasSomeToForget() {
        return someToForget;
    }

    private void compare() throws InterruptedException, ExecutionException {
        nextCheck = System.nanoTime() + config.check().toNanos();
        Map<TopicPartition, Long> ends = ends();
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (end.getValue() <= last.get(end.getKey())) {
                restore(end.getKey(), end.getValue());
            }
        }
        // Only rows that were compared with the log may go.
        if (ends.keySet().containsAll(last.keySet())) {
            comparedAt = System.nanoTime();
            someToForget = true;
        }
    }

    /** Notes the positions of new events, before they are kept. */
    void acknowledged(List<RecordMetadata> places) throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> first = new HashMap<>();
        Map<TopicPartition, Long> newest = new HashMap<>();
        for (RecordMetadata place : places) {
            TopicPartition partition = new TopicPartition(place.topic(), place.partition());
            first.merge(partition, place.offset(), Math::min);
            newest.merge(partition, place.offset(), Math::max);
        }
        for (Map.Entry<TopicPartition, Long> place : first.entrySet()) {
            if (place.getValue() <= last.getOrDefault(place.getKey(), -1L)) {
                restore(place.getKey(), place.getValue());
            }
        }
        last.putAll(newest);
    }

    private void restore(TopicPartition partition, long end) throws InterruptedException, ExecutionException {
        int restored = session.restore(partition, end);
        LOG.errorf(
                "Kafka has lost the end of %s from position %d on; %d events are published again",
                partition, end, restored);
        last.put(partition, end - 1);
    }

    private Map<TopicPartition, Long> ends() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> asked =
                last.keySet().stream().collect(Collectors.toMap(place -> place, place -> OffsetSpec.latest()));
        try {
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : admin.listOffsets(asked)
                    .all()
                    .get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .entrySet()) {
                ends.put(end.getKey(), end.getValue().offset());
            }
            return ends;
        } catch (ExecutionException | TimeoutException later) {
            LOG.debug("Kafka does not tell the ends of its log now", later);
            return Map.of();
        }
    }
}
