package uz.ksb.pos.gateway.log;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import uz.ksb.pos.platform.kafka.KafkaConnection;

/**
 * Consumers that read what they are told to, without a group.
 *
 * @param kafka how they connect
 */
record LogConsumers(KafkaConnection kafka) {
    /**
     * @param mostRecords of one poll
     * @param fetchBytes of one partition and answer; a larger event comes alone
     */
    KafkaConsumer<String, byte[]> open(int mostRecords, int fetchBytes) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, mostRecords);
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 200);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetchBytes);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return new KafkaConsumer<>(kafka.with(settings), new StringDeserializer(), new ByteArrayDeserializer());
    }
}
