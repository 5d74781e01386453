package uz.ksb.pos.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.testing.TopicReader;

/** The users' rows of a sync, on any partition. */
final class SettingsDelta implements AutoCloseable {
    private static final String TOPIC = "pos.settings-updates.v1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String kafka;
    private final String ksbId;
    private final KafkaProducer<String, String> producer;
    private long reading;

    SettingsDelta(String kafka, String ksbId) {
        this.kafka = kafka;
        this.ksbId = ksbId;
        this.producer =
                new KafkaProducer<>(Map.of("bootstrap.servers", kafka), new StringSerializer(), new StringSerializer());
    }

    /**
     * Sends all users as one sync, with the next reading's number.
     *
     * @param partitions on each of which the same messages arrive
     */
    UUID send(List<ObjectNode> users, int... partitions) throws ExecutionException, InterruptedException {
        UUID sync = UUID.randomUUID();
        reading++;
        ObjectNode rows = part(sync).put("chunk", 1);
        users.forEach(user -> rows.withArray("rows").add(user.deepCopy().put("version", reading)));
        ObjectNode end = part(sync).put("chunks", 1).put("rows", users.size());
        CloudEvent rowsEvent = event("settings.rows", sync);
        CloudEvent endEvent = event("part.end", sync);
        for (int partition : partitions) {
            publish(partition, rowsEvent, rows).get();
            publish(partition, endEvent, end).get();
        }
        return sync;
    }

    /** All that was answered to these syncs. */
    List<JsonNode> answers(List<UUID> syncs) {
        return TopicReader.all(kafka, "pos.sync.v1").stream()
                .filter(event -> event.event().type().equals("sync.part-applied"))
                .map(event -> read(event.data()))
                .filter(answer -> syncs.contains(sync(answer)))
                .toList();
    }

    static UUID sync(JsonNode answer) {
        return UUID.fromString(answer.path("syncId").asText());
    }

    private Future<?> publish(int partition, CloudEvent event, ObjectNode data) {
        ProducerRecord<String, String> record = new ProducerRecord<>(TOPIC, partition, ksbId, data.toString());
        event.writeTo(record.headers());
        return producer.send(record);
    }

    private CloudEvent event(String type, UUID sync) {
        return new CloudEvent(UUID.randomUUID(), type, "test", Instant.EPOCH, sync.toString(), ksbId, null);
    }

    private static ObjectNode part(UUID sync) {
        return JSON.createObjectNode().put("syncId", sync.toString()).put("part", "settings");
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
