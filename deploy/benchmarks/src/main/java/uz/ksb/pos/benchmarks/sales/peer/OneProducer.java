package uz.ksb.pos.benchmarks.sales.peer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringSerializer;
import uz.ksb.pos.benchmarks.BenchFailed;
import uz.ksb.pos.benchmarks.measuring.Contender;
import uz.ksb.pos.benchmarks.measuring.Round;

/** A producer that promises the same as the relay's (acknowledged by all, idempotent, compressed) and reads no database. */
public final class OneProducer implements Contender, AutoCloseable {
    /** An enterprise that there is not. */
    public static final String NOBODY = "99999999";

    private final Producer<String, String> producer;
    private final String event;
    private final int count;

    public OneProducer(String bootstrapServers, String event, int count) {
        this.event = event;
        this.count = count;
        this.producer = new KafkaProducer<>(Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                StringSerializer.class,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                0));
    }

    @Override
    public String name() {
        return "one producer";
    }

    @Override
    public Round run(Duration time) {
        AtomicReference<Exception> failed = new AtomicReference<>();
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            var unused = producer.send(message(), (sent, failure) -> {
                if (failure != null) {
                    failed.set(failure);
                }
            });
        }
        producer.flush();
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (failed.get() != null) {
            throw new BenchFailed("Kafka refuses", failed.get());
        }
        return Round.of(count / seconds);
    }

    private ProducerRecord<String, String> message() {
        String id = UUID.randomUUID().toString();
        ProducerRecord<String, String> message = new ProducerRecord<>("pos.sales.v1", NOBODY, event.replace("@id", id));
        Headers headers = message.headers();
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id);
        put(headers, "ce_type", "sale.completed");
        put(headers, "ce_source", "sales-service");
        put(headers, "ce_time", Instant.now().toString());
        put(headers, "ce_subject", id);
        put(headers, "ce_ksbid", NOBODY);
        put(headers, "content-type", "application/json");
        return message;
    }

    private static void put(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
