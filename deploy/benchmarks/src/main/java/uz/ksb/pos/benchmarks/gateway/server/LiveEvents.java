package uz.ksb.pos.benchmarks.gateway.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Events of one enterprise, in Kafka as the outbox's relay publishes them. */
public final class LiveEvents implements AutoCloseable {
    public static final String KSB_ID = "10000001";

    /** Ids need not be hard to guess here, and the generator's time is scarce. */
    private static final long RUN = UUID.randomUUID().getMostSignificantBits();

    private static final AtomicLong IDS = new AtomicLong();

    private final KafkaProducer<String, byte[]> kafka;

    public LiveEvents(String bootstrap) {
        kafka = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** @param twice whether it stands in the log twice, with one id */
    public void publish(String topic, String type, byte[] data, boolean twice) {
        ProducerRecord<String, byte[]> event = event(topic, type, data);
        var unused = kafka.send(event);
        if (twice) {
            var unusedRepeat = kafka.send(event);
        }
    }

    private static ProducerRecord<String, byte[]> event(String topic, String type, byte[] data) {
        ProducerRecord<String, byte[]> event = new ProducerRecord<>(topic, KSB_ID, data);
        Headers headers = event.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", new UUID(RUN, IDS.incrementAndGet()).toString());
        put(headers, "ce_type", type);
        put(headers, "ce_source", "benchmark");
        put(headers, "ce_time", Instant.now().toString());
        put(headers, "ce_ksbid", KSB_ID);
        put(headers, "content-type", "application/json");
        return event;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        kafka.close();
    }
}
