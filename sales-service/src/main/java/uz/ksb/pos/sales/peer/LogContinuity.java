package uz.ksb.pos.sales.peer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Notices that messages are missing: their offsets have a gap when they were removed unread, and go back when a topic was made anew
 * or has lost its end.
 */
public final class LogContinuity {
    private final Map<TopicPartition, Long> last = new ConcurrentHashMap<>();

    /** Whether the message follows the one before it; the first one does. */
    public boolean follows(ConsumerRecord<?, ?> message) {
        Long before = last.put(new TopicPartition(message.topic(), message.partition()), message.offset());
        return before == null || message.offset() == before + 1;
    }
}
