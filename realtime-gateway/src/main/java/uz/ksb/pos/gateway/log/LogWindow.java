package uz.ksb.pos.gateway.log;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.protocol.Position.Place;
import uz.ksb.pos.gateway.rings.RingConfig;

/**
 * Which part of the log a starting node reads.
 *
 * @param topicIds each topic as it was made: one that is made anew has another
 * @param starts where the rings begin, for each partition
 * @param readFrom where reading begins: earlier, for the ids of events that may be repeated, and for revocations
 * @param ends what has to be read before the node is ready
 */
record LogWindow(
        Map<String, Uuid> topicIds,
        List<Position> starts,
        Map<TopicPartition, OffsetAndMetadata> readFrom,
        Map<TopicPartition, Place> ends) {
    private static final long ANSWER_SECONDS = 20;
    /**
     * A relay that dies between publishing and deleting repeats a batch of 1,000, with what committed late among it.
     */
    static final long POSSIBLE_REPEATS = 2_000;

    /** @param cut drawn when this node last saw the log lose something; 0: never */
    static LogWindow of(Admin admin, RingConfig config, long cut) {
        String cluster = get(admin.describeCluster().clusterId());
        Map<String, TopicDescription> topics =
                get(admin.describeTopics(LogReader.topics()).allTopicNames());
        int partitions = partitions(topics.values());
        Set<TopicPartition> all = all(partitions);
        long now = System.currentTimeMillis();
        Map<TopicPartition, Place> beginnings = places(admin, all, OffsetSpec.earliest());
        Map<TopicPartition, Place> ends = places(admin, all, OffsetSpec.latest());
        Map<TopicPartition, Place> ringStarts =
                since(admin, all, now - config.window().toMillis(), ends);
        Map<TopicPartition, Place> settings =
                since(admin, all, now - config.settingsWindow().toMillis(), ends);
        Map<String, Uuid> ids = ids(topics);
        long epoch = epoch(cluster + "/" + partitions + "/" + new TreeMap<>(ids) + "/" + cut);
        return new LogWindow(
                ids, starts(epoch, partitions, ringStarts), readFrom(ringStarts, settings, beginnings), ends);
    }

    static Map<String, Uuid> ids(Map<String, TopicDescription> topics) {
        return topics.values().stream().collect(Collectors.toMap(TopicDescription::name, TopicDescription::topicId));
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

    private static List<Position> starts(long epoch, int partitions, Map<TopicPartition, Place> ringStarts) {
        List<Position> starts = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            Map<LiveTopic, Place> places = new EnumMap<>(LiveTopic.class);
            for (LiveTopic topic : LiveTopic.values()) {
                places.put(topic, ringStarts.get(new TopicPartition(topic.topicName(), partition)));
            }
            starts.add(Position.of(epoch, places));
        }
        return starts;
    }

    private static Map<TopicPartition, OffsetAndMetadata> readFrom(
            Map<TopicPartition, Place> ringStarts,
            Map<TopicPartition, Place> settings,
            Map<TopicPartition, Place> beginnings) {
        Map<TopicPartition, OffsetAndMetadata> from = new HashMap<>();
        ringStarts.forEach((partition, start) -> {
            long early = start.next() - POSSIBLE_REPEATS;
            if (partition.topic().equals(LiveTopic.SETTINGS.topicName())) {
                early = Math.min(early, settings.get(partition).next());
            }
            Place beginning = beginnings.get(partition);
            from.put(partition, early > beginning.next() ? new OffsetAndMetadata(early) : place(beginning));
        });
        return from;
    }

    /** The leader epoch lets the consumer see a lost tail also before its first record. */
    private static OffsetAndMetadata place(Place beginning) {
        Optional<Integer> leader =
                beginning.leader() == Position.NO_LEADER ? Optional.empty() : Optional.of(beginning.leader());
        return new OffsetAndMetadata(beginning.next(), leader, "");
    }

    /** The first offsets recorded at {@code time} or later; the end where there is none. */
    private static Map<TopicPartition, Place> since(
            Admin admin, Set<TopicPartition> partitions, long time, Map<TopicPartition, Place> ends) {
        Map<TopicPartition, Place> since = new HashMap<>();
        places(admin, partitions, OffsetSpec.forTimestamp(time))
                .forEach((partition, place) -> since.put(partition, place.next() < 0 ? ends.get(partition) : place));
        return since;
    }

    private static Map<TopicPartition, Place> places(Admin admin, Set<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> spec));
        return get(admin.listOffsets(asked).all()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, answer -> place(answer.getValue())));
    }

    static Place place(ListOffsetsResultInfo info) {
        return new Place(info.offset(), info.leaderEpoch().orElse(Position.NO_LEADER));
    }

    private static long epoch(String log) {
        long hash = 0xcbf29ce484222325L;
        for (byte one : log.getBytes(StandardCharsets.UTF_8)) {
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
