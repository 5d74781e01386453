package uz.ksb.pos.gateway.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;

/** Publishes events as the relays of the services do. */
public final class Publisher implements AutoCloseable {
    private final KafkaProducer<String, byte[]> producer;

    public Publisher() {
        this(System.getProperty("kafka.bootstrap.servers"));
    }

    public Publisher(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    public UUID publish(String topic, String ksbId, String type, String subject, String data) {
        UUID id = Ids.next();
        publish(id, topic, ksbId, type, subject, data);
        return id;
    }

    public RecordMetadata publish(UUID id, String topic, String ksbId, String type, String subject, String data) {
        return send(record(id, topic, ksbId, type, subject, data));
    }

    public RecordMetadata send(ProducerRecord<String, byte[]> event) {
        try {
            return producer.send(event).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Without waiting for Kafka's answer. */
    public void sendLater(ProducerRecord<String, byte[]> event) {
        var unused = producer.send(event);
    }

    public void flush() {
        producer.flush();
    }

    public static ProducerRecord<String, byte[]> record(
            UUID id, String topic, String ksbId, String type, String subject, String data) {
        ProducerRecord<String, byte[]> event =
                new ProducerRecord<>(topic, ksbId, data.getBytes(StandardCharsets.UTF_8));
        new CloudEvent(id, type, "test", Instant.now(), subject, ksbId, null).writeTo(event.headers());
        return event;
    }

    @Override
    public void close() {
        producer.close();
    }
}
