package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;

/** As {@link AlertsTest}, with faults of what is in topics and databases. */
@Tag("long")
@ExtendWith(SharedSystem.class)
class DataAlertsTest {
    private static final String KSB_ID = AlertWatch.KSB_ID;

    private final RunningSystem system;
    private AlertWatch watch;

    DataAlertsTest(RunningSystem system) {
        this.system = system;
    }

    @BeforeEach
    void watch() throws IOException {
        watch = new AlertWatch(system);
    }

    @AfterEach
    void close() throws InterruptedException {
        if (watch != null) {
            watch.close();
        }
    }

    @Test
    void aLicenceThatEndsSoonIsNamed() throws Exception {
        licence("current_date + 3");
        try {
            watch.fires("LicenceEnds");
        } finally {
            licence("date '2030-12-31'");
        }
        watch.quiet();
    }

    private void licence(String until) throws SQLException {
        try (Connection connection = system.database("settings");
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(
                            "update enterprises set licence_until = %s where ksb_id = '%s'".formatted(until, KSB_ID)))
                    .isOne();
        }
    }

    @Test
    void aConsumerThatIsHeldUpIsStuckAndThenFarBehind() throws Exception {
        try (Connection locking = system.database("product")) {
            AlertsTest.lock(locking, "inbox");
            List<String> rows = new ArrayList<>(List.of("{},".repeat(149) + "{}"));
            for (int i = 0; i < 10_000; i++) {
                rows.add("");
            }
            publish(rows);
            watch.fires("ConsumerStuck product-service");
            locking.rollback();
        }
        watch.fires("PoisonRows product-service", "ConsumerLags product-service");
        watch.quiet();
    }

    @Test
    void garbageInTheTopicsIsPoison() throws Exception {
        Garbage.publish(system.kafka(), KSB_ID);
        watch.fires("PoisonMessages product-service");
        watch.quiet();
    }

    /** Messages with these rows of products, in this order. */
    private void publish(List<String> rows) throws Exception {
        UUID sync = UUID.randomUUID();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", system.kafka()), new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                String data = "{\"syncId\":\"%s\",\"part\":\"products\",\"reading\":1,\"chunk\":%d,\"rows\":[%s]}"
                        .formatted(sync, i + 1, rows.get(i));
                ProducerRecord<String, byte[]> message =
                        new ProducerRecord<>(Topics.PRODUCT_UPDATES, KSB_ID, data.getBytes(StandardCharsets.UTF_8));
                new CloudEvent(Ids.next(), "products.rows", "test", Instant.now(), sync.toString(), KSB_ID, null)
                        .writeTo(message.headers());
                sent.add(producer.send(message));
            }
            for (Future<RecordMetadata> one : sent) {
                assertThat(one.get(30, TimeUnit.SECONDS)).isNotNull();
            }
        }
    }
}
