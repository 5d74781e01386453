package uz.ksb.pos.gateway.rings;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;

/** Where the log ends, as Kafka says: whether a position that this node has not reached can be a true one. */
public interface LogEnds {
    /** Completed on any thread; exceptionally when Kafka does not answer. */
    CompletionStage<Position> of(int partition);

    static LogEnds askedOf(Admin admin, Rings rings) {
        return partition -> {
            Map<TopicPartition, OffsetSpec> asked = Stream.of(LiveTopic.values())
                    .collect(Collectors.toMap(
                            topic -> new TopicPartition(topic.topicName(), partition), topic -> OffsetSpec.latest()));
            return admin.listOffsets(asked)
                    .all()
                    .toCompletionStage()
                    .thenApply(ends -> Position.of(
                            rings.epoch(),
                            ends.entrySet().stream()
                                    .collect(Collectors.toMap(
                                            end -> LiveTopic.named(end.getKey().topic()),
                                            end -> end.getValue().offset()))));
        };
    }
}
