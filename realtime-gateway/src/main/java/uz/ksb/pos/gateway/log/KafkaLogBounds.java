package uz.ksb.pos.gateway.log;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.LogBounds;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.platform.kafka.KafkaConnection;

/** Asks Kafka, one question for all who come while the one before is not answered. Any thread. */
public final class KafkaLogBounds implements LogBounds {
    private static final int ANSWER_MILLIS = 5_000;

    private final Admin admin;
    private final Rings rings;
    private final LeaderEpochEnds ends;
    private final ConcurrentMap<Integer, Questions> partitions = new ConcurrentHashMap<>();

    public KafkaLogBounds(Admin admin, KafkaConnection connection, Rings rings) {
        this.admin = admin;
        this.rings = rings;
        this.ends = new LeaderEpochEnds(connection, rings);
    }

    /**
     * Of one partition. An answer is only for those who asked before its question was sent: a position may be younger than that.
     *
     * @param asked is being answered
     * @param next will be asked then; null: nobody waits
     */
    private record Questions(CompletableFuture<Bounds> asked, CompletableFuture<Bounds> next) {}

    @Override
    public CompletionStage<Bounds> of(int partition) {
        CompletableFuture<Bounds> mine = new CompletableFuture<>();
        Questions now = change(partition, before -> {
            if (before == null) {
                return new Questions(mine, null);
            }
            return before.next() == null ? new Questions(before.asked(), mine) : before;
        });
        if (now.asked().equals(mine)) {
            ask(partition, mine);
        }
        return now.asked().equals(mine) ? mine : now.next();
    }

    @Override
    public CompletionStage<Boolean> holds(int partition, Position since, Set<LiveTopic> topics) {
        return rings.holds(partition, since, topics)
                ? CompletableFuture.completedFuture(true)
                : ends.ask(partition, since, topics);
    }

    private void ask(int partition, CompletableFuture<Bounds> question) {
        CompletionStage<Void> unusedAnswer = offsets(partition, OffsetSpec.earliest())
                .thenCombine(offsets(partition, OffsetSpec.latest()), Bounds::new)
                .handle((bounds, failure) -> {
                    Questions now = change(
                            partition, before -> before.next() == null ? null : new Questions(before.next(), null));
                    if (now != null) {
                        ask(partition, now.asked());
                    }
                    return failure == null ? question.complete(bounds) : question.completeExceptionally(failure);
                })
                .thenAccept(answered -> {});
    }

    private Questions change(int partition, UnaryOperator<Questions> change) {
        return partitions.compute(partition, (key, before) -> change.apply(before));
    }

    private CompletionStage<Position> offsets(int partition, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = Stream.of(LiveTopic.values())
                .collect(Collectors.toMap(topic -> new TopicPartition(topic.topicName(), partition), topic -> which));
        return admin.listOffsets(asked, new ListOffsetsOptions().timeoutMs(ANSWER_MILLIS))
                .all()
                .toCompletionStage()
                .thenApply(answers -> Position.of(
                        rings.epoch(),
                        answers.entrySet().stream()
                                .collect(Collectors.toMap(
                                        answer ->
                                                LiveTopic.named(answer.getKey().topic()),
                                        answer -> LogWindow.place(answer.getValue())))));
    }
}
