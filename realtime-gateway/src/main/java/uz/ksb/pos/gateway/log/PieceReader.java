package uz.ksb.pos.gateway.log;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.FrameEncoding;
import uz.ksb.pos.gateway.rings.History;
import uz.ksb.pos.gateway.rings.LogRecords;
import uz.ksb.pos.gateway.rings.RecentIds;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.kafka.KafkaConnection;

/**
 * Reads one piece of the log after the other, with a consumer of its own. One thread.
 *
 * <p>Which copy of a repeated event counts must be what the rings say: the first one. So reading begins as far before the
 * piece as repeats can reach, unless the piece before was the last one read.
 */
public final class PieceReader {
    /** Offsets of one piece. */
    static final int MAX_EVENTS = 256;

    private static final int MAX_BYTES = 1024 * 1024;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final LogConsumers consumers;
    private final Rings rings;
    private final Map<TopicPartition, Trail> trails = new HashMap<>();
    private KafkaConsumer<String, byte[]> consumer;

    public PieceReader(KafkaConnection connection, Rings rings) {
        this.consumers = new LogConsumers(connection);
        this.rings = rings;
    }

    /** The ids before {@code next}. */
    private record Trail(long next, RecentIds ids) {}

    /**
     * @return from {@code from} on, until the next multiple of {@link #MAX_EVENTS} or what is large enough
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
     */
    History.Answer read(LiveTopic topic, int partition, long from) {
        TopicPartition log = new TopicPartition(topic.topicName(), partition);
        try {
            return read(topic, log, from);
        } catch (RuntimeException e) {
            trails.remove(log);
            close();
            throw e;
        }
    }

    private History.Answer read(LiveTopic topic, TopicPartition log, long from) {
        if (consumer == null) {
            consumer = consumers.open(MAX_EVENTS, MAX_BYTES);
        }
        long first = consumer.beginningOffsets(List.of(log), ANSWER).get(log);
        long end = Math.min(
                from - from % MAX_EVENTS + MAX_EVENTS,
                consumer.endOffsets(List.of(log), ANSWER).get(log));
        if (end <= Math.max(first, from)) {
            return new History.Answer.Gone();
        }
        Trail trail = trails.get(log);
        if (trail == null || trail.next() != from) {
            trail = new Trail(Math.max(first, from - LogWindow.POSSIBLE_REPEATS), new RecentIds());
        }
        consumer.assign(List.of(log));
        consumer.seek(log, trail.next());
        Piece piece = new Piece(topic, Math.max(first, from), trail.ids());
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (consumer.position(log, ANSWER) < end && piece.bytes < MAX_BYTES) {
            boolean something = false;
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                something = true;
                if (record.offset() < end && piece.bytes < MAX_BYTES) {
                    piece.add(record);
                }
            }
            if (something) {
                deadline = System.nanoTime() + ANSWER.toNanos();
            } else if (System.nanoTime() > deadline) {
                throw new TimeoutException("Kafka does not give " + log + " from " + from);
            }
        }
        long reached = piece.bytes < MAX_BYTES ? end : piece.next;
        trails.put(log, new Trail(reached, trail.ids()));
        return new History.Answer.Piece(piece.from, reached, piece.leader, piece.byEnterprise, piece.bytes);
    }

    private void close() {
        if (consumer != null) {
            consumer.close(Duration.ZERO);
            consumer = null;
        }
    }

    /** A piece while it is read. */
    private final class Piece {
        private final LiveTopic topic;
        private final long from;
        private final RecentIds ids;
        private final Map<String, List<Frame>> byEnterprise = new HashMap<>();
        private long bytes;
        private long next;
        private int leader = Position.NO_LEADER;

        Piece(LiveTopic topic, long from, RecentIds ids) {
            this.topic = topic;
            this.from = from;
            this.ids = ids;
        }

        void add(ConsumerRecord<String, byte[]> record) {
            next = record.offset() + 1;
            leader = LogRecords.leader(record);
            Optional<CloudEvent> event = LogRecords.event(record, rings);
            // Before the piece only the ids count.
            if (event.isPresent() && ids.add(event.get().id()) && record.offset() >= from) {
                frame(event.get(), record);
            }
        }

        private void frame(CloudEvent event, ConsumerRecord<String, byte[]> record) {
            try {
                Frame frame = FrameEncoding.frame(topic, event, record, rings.start(record.partition()));
                byEnterprise
                        .computeIfAbsent(event.ksbId(), first -> new ArrayList<>())
                        .add(frame);
                bytes += frame.size();
            } catch (IOException toldWhenItCame) {
                // Left out here as it was in the ring.
            }
        }
    }
}
