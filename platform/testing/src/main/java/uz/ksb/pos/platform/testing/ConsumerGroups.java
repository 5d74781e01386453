package uz.ksb.pos.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Consumer groups lose their offsets, as a broker that lost its log or a careless hand does it. They come back by themselves. */
public final class ConsumerGroups {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private ConsumerGroups() {}

    /** Forgets the offsets of all groups whose names begin with {@code prefix}, and waits until they have read all again. */
    public static void loseOffsets(String prefix) {
        try (Admin admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, System.getProperty("kafka.bootstrap.servers")))) {
            List<String> groups = groups(admin, prefix);
            // Offsets are written some seconds after the messages were processed.
            Eventually.within(LIMIT, () -> assertThat(groups)
                    .anySatisfy(group -> assertThat(offsets(admin, group)).isNotEmpty()));
            Map<String, Map<TopicPartition, Long>> before = new HashMap<>();
            for (String group : groups) {
                before.put(group, offsets(admin, group));
                lose(admin, group);
            }
            before.forEach((group, read) -> Eventually.within(LIMIT, () -> {
                Map<TopicPartition, Long> now = offsets(admin, group);
                read.forEach((partition, offset) -> assertThat(now.getOrDefault(partition, 0L))
                        .as(group + " " + partition)
                        .isGreaterThanOrEqualTo(offset));
            }));
        }
    }

    /** A group has offsets taken from it only while it has no member; its members are back within seconds. */
    private static void lose(Admin admin, String group) {
        Eventually.within(LIMIT, () -> {
            get(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all());
            get(admin.deleteConsumerGroups(List.of(group)).all());
        });
    }

    private static List<String> groups(Admin admin, String prefix) {
        List<String> groups = get(admin.listGroups().all()).stream()
                .map(GroupListing::groupId)
                .filter(group -> group.startsWith(prefix))
                .sorted()
                .toList();
        assertThat(groups).isNotEmpty();
        return groups;
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, String group) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (Map.Entry<TopicPartition, OffsetAndMetadata> one : get(admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata())
                .entrySet()) {
            if (one.getValue() != null) {
                offsets.put(one.getKey(), one.getValue().offset());
            }
        }
        return offsets;
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new AssertionError("Kafka does not do it yet", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
