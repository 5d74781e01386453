package uz.ksb.pos.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;

/**
 * Plays the services that apply the rows of a sync: each answer is given twice, as the log may hold it twice. It rejects rows
 * with the name {@value #REJECTED}; a message with a row {@value #LOST} goes to the dead letters.
 */
public final class Ingestion implements AutoCloseable {
    static final String REJECTED = "Yaroqsiz";
    static final String LOST = "Yo'qolgan";

    private final Map<String, Integer> received = new HashMap<>();
    private final Map<String, Integer> rejected = new HashMap<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicBoolean started = new AtomicBoolean();
    private final ObjectMapper json = new ObjectMapper();
    private final Thread thread;

    public Ingestion() {
        thread = Thread.ofPlatform().daemon().name("ingestion-fixture").start(this::run);
    }

    private void run() {
        Map<String, Object> servers = Map.of("bootstrap.servers", System.getProperty("kafka.bootstrap.servers"));
        try (KafkaProducer<String, String> producer =
                        new KafkaProducer<>(servers, new StringSerializer(), new StringSerializer());
                KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                System.getProperty("kafka.bootstrap.servers"),
                                "group.id",
                                "ingestion-" + Ids.next(),
                                "auto.offset.reset",
                                "latest"),
                        new StringDeserializer(),
                        new StringDeserializer())) {
            var partitions =
                    List.of(Topics.PRODUCT_UPDATES, Topics.CUSTOMER_UPDATES, Topics.SETTINGS_UPDATES, Topics.SYNC)
                            .stream()
                            .flatMap(topic -> consumer.partitionsFor(topic).stream())
                            .map(info -> new org.apache.kafka.common.TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            started.set(true);
            while (running.get()) {
                consumer.poll(Duration.ofMillis(100)).forEach(message -> answer(producer, message));
            }
        }
    }

    public boolean isStarted() {
        return started.get();
    }

    private void answer(KafkaProducer<String, String> producer, ConsumerRecord<String, String> message) {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        try {
            JsonNode data = json.readTree(message.value());
            if (event.type().endsWith(".rows")) {
                take(producer, event, data);
            } else if (event.type().equals("part.end")) {
                answer(
                        producer,
                        event,
                        data.path("part").asText(),
                        data.path("reading").asLong());
            } else if (event.type().equals("sync.requested")) {
                answer(producer, event, "sales", 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take(KafkaProducer<String, String> producer, CloudEvent event, JsonNode data) {
        String key = key(event, data.path("part").asText(), data.path("reading").asLong());
        ArrayNode places = json.createArrayNode();
        for (int place = 0; place < data.path("rows").size(); place++) {
            String name = data.path("rows").get(place).path("name").asText();
            if (name.equals(LOST)) {
                return;
            }
            if (name.equals(REJECTED)) {
                places.add(place);
            }
        }
        received.merge(key, data.path("rows").size(), Integer::sum);
        rejected.merge(key, places.size(), Integer::sum);
        if (!places.isEmpty()) {
            ObjectNode rows = data.deepCopy();
            rows.remove(List.of("rows", "readAt"));
            send(producer, event, "sync.rows-rejected", rows.set("places", places));
        }
    }

    private void answer(KafkaProducer<String, String> producer, CloudEvent event, String part, long reading) {
        int rows = received.getOrDefault(key(event, part, reading), 0);
        int bad = rejected.getOrDefault(key(event, part, reading), 0);
        ObjectNode answer = json.createObjectNode()
                .put("syncId", event.subject())
                .put("part", part)
                .put("received", rows)
                .put("applied", rows - bad)
                .put("unchanged", 0)
                .put("rejectedCount", bad);
        for (int place = 0; place < Math.min(bad, 100); place++) {
            answer.withArray("rejected").addObject().put("id", "stripped").put("reason", "bad");
        }
        send(producer, event, "sync.part-applied", answer);
    }

    private static String key(CloudEvent event, String part, long reading) {
        return event.subject() + part + reading;
    }

    private static void send(KafkaProducer<String, String> producer, CloudEvent about, String type, JsonNode data) {
        CloudEvent answer =
                new CloudEvent(Ids.next(), type, "test", Instant.EPOCH, about.subject(), about.ksbId(), null);
        for (int twice = 0; twice < 2; twice++) {
            ProducerRecord<String, String> record = new ProducerRecord<>(Topics.SYNC, about.ksbId(), data.toString());
            answer.writeTo(record.headers());
            try {
                producer.send(record).get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        running.set(false);
        thread.join(Duration.ofSeconds(10));
    }
}
