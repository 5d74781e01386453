package uz.ksb.pos.system;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;

/** Messages that no consumer can use, in every topic: nothing, no JSON, no event, and events whose data is nonsense. */
final class Garbage {
    private static final Map<String, String> EVENTS = Map.of(
            "products.rows", "{\"syncId\":7,\"rows\":{}}",
            "part.end", "{\"chunks\":\"1E+2147483647\"}",
            "products.changed", "{\"rows\":[{\"prices\":[{\"price\":\"1E+2147483647\"}]}]}",
            "device.changed", "{\"deviceId\":null}",
            "enterprise.changed", "[]",
            "rates.changed", "{\"items\":[{\"rate\":\"NaN\"}]}",
            "sync.requested", "{\"syncId\":\"x\"}",
            "sync.part-applied", "null",
            "sale.completed", "{}");

    private Garbage() {}

    static void publish(String kafka, String ksbId) throws Exception {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka), new StringSerializer(), new ByteArraySerializer())) {
            for (Topics.Topic topic : Topics.all()) {
                for (ProducerRecord<String, byte[]> record : records(topic.name(), ksbId)) {
                    producer.send(record).get(30, TimeUnit.SECONDS);
                }
            }
        }
    }

    private static List<ProducerRecord<String, byte[]>> records(String topic, String ksbId) {
        List<ProducerRecord<String, byte[]>> records = new java.util.ArrayList<>(List.of(
                new ProducerRecord<>(topic, ksbId, null),
                new ProducerRecord<>(topic, null, new byte[] {0}),
                new ProducerRecord<>(topic, ksbId, bytes("not json")),
                new ProducerRecord<>(topic, ksbId, bytes("{}"))));
        EVENTS.forEach((type, data) -> {
            ProducerRecord<String, byte[]> event = new ProducerRecord<>(topic, ksbId, bytes(data));
            new CloudEvent(Ids.next(), type, "test", Instant.now(), "x", ksbId, null).writeTo(event.headers());
            records.add(event);
        });
        return records;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
