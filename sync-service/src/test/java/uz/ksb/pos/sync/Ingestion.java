package uz.ksb.pos.sync;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

/** Plays the services that apply what a sync brings: each answer is given twice, as the log may hold it twice. */
final class Ingestion implements AutoCloseable {
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final AtomicBoolean started = new AtomicBoolean();
    private final ObjectMapper json = new ObjectMapper();
    private final Thread thread;

    Ingestion() {
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

    boolean isStarted() {
        return started.get();
    }

    private void answer(KafkaProducer<String, String> producer, ConsumerRecord<String, String> message) {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        try {
            JsonNode data = json.readTree(message.value());
            if (event.type().equals("part.end")) {
                send(
                        producer,
                        event,
                        data.path("part").asText(),
                        data.path("rows").asInt());
            } else if (event.type().equals("sync.requested")) {
                send(producer, event, "sales", 0);
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void send(KafkaProducer<String, String> producer, CloudEvent event, String part, int rows) {
        String data = json.createObjectNode()
                .put("syncId", event.subject())
                .put("part", part)
                .put("received", rows)
                .put("applied", rows)
                .put("unchanged", 0)
                .set("rejected", json.createArrayNode())
                .toString();
        if (part.equals("products") && rows > 1) {
            data = data.replace("\"rejected\":[]", "\"rejected\":[{\"id\":\"p-2\",\"reason\":\"bad\"}]");
        }
        CloudEvent answer = new CloudEvent(
                Ids.next(), "sync.part-applied", "test", Instant.EPOCH, event.subject(), event.ksbId(), null);
        for (int twice = 0; twice < 2; twice++) {
            ProducerRecord<String, String> record = new ProducerRecord<>(Topics.SYNC, event.ksbId(), data);
            answer.writeTo(record.headers());
            try {
                producer.send(record).get();
            } catch (Exception e) {
                throw new IllegalStateException(
                        new String(data.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8), e);
            }
        }
    }

    @Override
    public void close() throws InterruptedException {
        running.set(false);
        thread.join(Duration.ofSeconds(10));
    }
}
