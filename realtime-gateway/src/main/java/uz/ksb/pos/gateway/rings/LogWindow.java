package uz.ksb.pos.gateway.rings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;

/**
 * Which part of the log a starting node reads.
 *
 * @param starts where the rings begin, for each partition
 * @param readFrom where reading begins: earlier, for the ids of events that may be repeated, and for revocations
 * @param ends what has to be read before the node is ready
 */
record LogWindow(List<Position> starts, Map<TopicPartition, Long> readFrom, Map<TopicPartition, Long> ends) {
    private static final long ANSWER_SECONDS = 20;
    /** A relay that dies between publishing and deleting repeats a batch of 1,000, with what committed late among it. */
    static final long POSSIBLE_REPEATS = 2_000;

    static LogWindow of(String bootstrapServers, RingConfig config) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            String cluster = get(admin.describeCluster().clusterId());
            int partitions =
                    partitions(get(admin.describeTopics(LogReader.topics()).allTopicNames())
                            .values());
            Set<TopicPartition> all = all(partitions);
            long now = System.currentTimeMillis();
            Map<TopicPartition, Long> beginnings = offsets(admin, all, OffsetSpec.earliest());
            Map<TopicPartition, Long> ends = offsets(admin, all, OffsetSpec.latest());
            Map<TopicPartition, Long> ringStarts =
                    since(admin, all, now - config.window().toMillis(), ends);
            Map<TopicPartition, Long> settings =
                    since(admin, all, now - config.settingsWindow().toMillis(), ends);
            long epoch = epoch(cluster, partitions);
            return new LogWindow(
                    starts(epoch, partitions, ringStarts), readFrom(ringStarts, settings, beginnings), ends);
        }
    }

    private static int partitions(Collection<TopicDescription> topics) {
        Set<Integer> counts =
                topics.stream().map(topic -> topic.partitions().size()).collect(Collectors.toSet());
        if (counts.size() != 1) {
            throw new KafkaException("the live topics must have one partition count, not " + counts);
        }
        return counts.iterator().next();
    }

    private static Set<TopicPartition> all(int partitions) {
        return java.util.stream.IntStream.range(0, partitions)
                .boxed()
                .flatMap(partition -> LogReader.topics().stream().map(topic -> new TopicPartition(topic, partition)))
                .collect(Collectors.toSet());
    }

    private static List<Position> starts(long epoch, int partitions, Map<TopicPartition, Long> ringStarts) {
        List<Position> starts = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Map<LiveTopic, Long> offsets = new EnumMap<>(LiveTopic.class);
            for (LiveTopic topic : LiveTopic.values()) {
                offsets.put(topic, ringStarts.get(new TopicPartition(topic.topicName(), partition)));
            }
            starts.add(Position.of(epoch, offsets));
        }
        return starts;
    }

    private static Map<TopicPartition, Long> readFrom(
            Map<TopicPartition, Long> ringStarts,
            Map<TopicPartition, Long> settings,
            Map<TopicPartition, Long> beginnings) {
        Map<TopicPartition, Long> from = new HashMap<>();
        ringStarts.forEach((partition, start) -> {
            long early = start - POSSIBLE_REPEATS;
            if (partition.topic().equals(LiveTopic.SETTINGS.topicName())) {
                early = Math.min(early, settings.get(partition));
            }
            from.put(partition, Math.max(beginnings.get(partition), early));
        });
        return from;
    }

    /** The first offsets recorded at {@code time} or later; the end where there is none. */
    private static Map<TopicPartition, Long> since(
            Admin admin, Set<TopicPartition> partitions, long time, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> since = new HashMap<>();
        offsets(admin, partitions, OffsetSpec.forTimestamp(time))
                .forEach((partition, offset) -> since.put(partition, offset < 0 ? ends.get(partition) : offset));
        return since;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, Set<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
        return get(admin.listOffsets(asked).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, answer -> offset(answer.getValue())));
    }

    private static long offset(ListOffsetsResultInfo info) {
        return info.offset();
    }

    private static long epoch(String cluster, int partitions) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : (cluster + "/" + partitions).getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ one) * 0x100000001b3L;
        }
        return hash >>> 32;
    }

    private static <T> T get(org.apache.kafka.common.KafkaFuture<T> answer) {
        try {
            return answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("Kafka does not answer", e);
        }
    }
}
