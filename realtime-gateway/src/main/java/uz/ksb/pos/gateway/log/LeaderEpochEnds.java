package uz.ksb.pos.gateway.log;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.platform.kafka.KafkaConnection;

/**
 * Asks Kafka where a leader epoch ended (OffsetsForLeaderEpoch, KIP-320). A position beyond that end is of a tail that was
 * lost. Seldom needed: {@link Rings} knows the epochs that this node has read. One thread.
 */
final class LeaderEpochEnds {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final long IDLE_SECONDS = 30;

    private final LogConsumers consumers;
    private final Rings rings;
    private final Executor thread = new ThreadPoolExecutor(
            0,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("leader-epochs").factory());

    LeaderEpochEnds(KafkaConnection connection, Rings rings) {
        this.consumers = new LogConsumers(connection);
        this.rings = rings;
    }

    CompletionStage<Boolean> ask(int partition, Position since, Set<LiveTopic> topics) {
        return CompletableFuture.supplyAsync(() -> holds(partition, since, topics), thread);
    }

    private boolean holds(int partition, Position since, Set<LiveTopic> topics) {
        // The answer to an earlier question may tell.
        if (rings.holds(partition, since, topics)) {
            return true;
        }
        try (KafkaConsumer<String, byte[]> consumer = consumers.open(1, 1)) {
            return topics.stream().allMatch(topic -> holds(consumer, partition, since, topic));
        }
    }

    private boolean holds(KafkaConsumer<String, byte[]> consumer, int partition, Position since, LiveTopic topic) {
        int leader = since.leader(topic);
        if (rings.holds(partition, since, Set.of(topic))) {
            return true;
        }
        if (leader == Position.NO_LEADER) {
            return false;
        }
        long end = end(consumer, new TopicPartition(topic.topicName(), partition), leader);
        // If this node has read as far, it notices a later loss itself.
        if (end <= rings.head(partition).next(topic)) {
            rings.leaderEnded(partition, topic, leader, end);
        }
        return since.next(topic) <= end;
    }

    /** A position that is beyond every end is refused with the true end. */
    private static long end(KafkaConsumer<String, byte[]> consumer, TopicPartition log, int leader) {
        consumer.assign(List.of(log));
        // A position is validated only by a consumer that knows the partition's leader: this call finds it.
        Map<TopicPartition, Long> unused = consumer.endOffsets(List.of(log), ANSWER);
        consumer.seek(log, new OffsetAndMetadata(Long.MAX_VALUE, Optional.of(leader), ""));
        try {
            return consumer.position(log, ANSWER);
        } catch (LogTruncationException beyond) {
            OffsetAndMetadata end = beyond.divergentOffsets().get(log);
            return end == null ? 0 : end.offset();
        }
    }
}
