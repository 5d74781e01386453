package uz.ksb.pos.platform.testing;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import uz.ksb.pos.platform.event.CloudEvent;

/** Publishes events to the test's Kafka, as the relay of a service does. */
public final class TopicWriter {
    private TopicWriter() {}

    /** Returns when Kafka has the event. */
    public static void publish(String topic, CloudEvent event, String data) {
        ProducerRecord<String, String> message = new ProducerRecord<>(topic, event.ksbId(), data);
        event.writeTo(message.headers());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", System.getProperty("kafka.bootstrap.servers")),
                new StringSerializer(),
                new StringSerializer())) {
            var unused = producer.send(message).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
