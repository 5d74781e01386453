package uz.ksb.pos.platform.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import uz.ksb.pos.platform.event.CloudEvent;

/** Reads the messages of a topic from its beginning. */
public final class TopicReader {
    private TopicReader() {}

    /** An event as it was published. */
    public record Published(CloudEvent event, String key, String data, int partition, long offset) {}

    /** All events of {@code topic} that the test's Kafka holds now, in the order of each partition. */
    public static List<Published> all(String topic) {
        return all(System.getProperty("kafka.bootstrap.servers"), topic);
    }

    public static List<Published> all(String bootstrapServers, String topic) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Published> events = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(read -> published(read).ifPresent(events::add));
            }
            return events;
        }
    }

    public static List<Published> all(String topic, Predicate<Published> filter) {
        return all(topic).stream().filter(filter).toList();
    }

    /** Empty for a record that is no event: tests put garbage into the topics on purpose. */
    private static Optional<Published> published(ConsumerRecord<String, String> read) {
        try {
            return Optional.of(new Published(
                    CloudEvent.readFrom(read.headers()), read.key(), read.value(), read.partition(), read.offset()));
        } catch (IllegalArgumentException garbage) {
            return Optional.empty();
        }
    }
}
