import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Follows the topic of syncs, as sync-service/asyncapi.yaml describes it, and prints each completed one. With kafka-clients and its
 * libraries on the class path:
 *
 * <pre>KAFKA=localhost:9092 java -cp 'lib/*' docs/examples/crm/CompletedSyncs.java crm</pre>
 */
final class CompletedSyncs {
    private static final Duration POLL = Duration.ofMillis(500);

    private CompletedSyncs() {}

    public static void main(String[] arguments) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", System.getenv("KAFKA"),
                "group.id", arguments[0],
                "auto.offset.reset", "earliest",
                "enable.auto.commit", false);
        // A real CRM keeps the ids in its database, in the transaction in which it acts on them.
        Set<String> known = new HashSet<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("pos.sync.v1"));
            while (!Thread.currentThread().isInterrupted()) {
                for (ConsumerRecord<String, String> event : consumer.poll(POLL)) {
                    // Other types of the topic are skipped. The same id is the same event, which may come again.
                    if ("sync.completed".equals(header(event, "ce_type")) && known.add(header(event, "ce_id"))) {
                        System.out.println(header(event, "ce_ksbid") + " " + header(event, "ce_subject") + " " + event.value());
                    }
                }
                // Only now they count as read: after a crash the last ones come again.
                consumer.commitSync();
            }
        }
    }

    private static String header(ConsumerRecord<String, String> event, String name) {
        Header header = event.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }
}
