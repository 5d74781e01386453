package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TlsServer;

/** Faults of what is in topics, databases and back offices, and of what ends at a time. */
class DataAlertsTest extends WatchedSystemTest {
    private static final String OTHERS = "9000000";

    @TempDir
    Path folder;

    private final BackOffice backOffice;

    DataAlertsTest(RunningSystem system) {
        super(system);
        this.backOffice = system.backOffice();
    }

    @AfterEach
    void theBackOfficeWorksAgain() {
        backOffice.worksAgain();
    }

    @Test
    void salesThatWaitForABackOfficeAndRefusedOnesAreNamed() throws Exception {
        backOffice.order(Map.of("downForSeconds", 3_600));
        try {
            othersHaveWaitedForLong();
            watch.fires("DeliveryLate", "DeliveryStands");
        } finally {
            execute("sales", "delete from sales where ksb_id like '" + OTHERS + "%'");
        }
        backOffice.worksAgain();
        backOffice.order(Map.of("method", "create_sales", "refuseRate", 1));
        watch.fires("DeliveryRefused");
        backOffice.worksAgain();
        watch.quiet();
    }

    /** Sales of six more enterprises, which no back office knows. */
    private void othersHaveWaitedForLong() {
        String waiting = """
                insert into sales select (jsonb_populate_record(null::sales, to_jsonb(sale) || jsonb_build_object(
                  'ksb_id', '%s' || other, 'id', gen_random_uuid(), 'delivery_status', 'NOT_DELIVERED', 'next_attempt_at', null,
                  'completed_at', now() - interval '40 minutes', 'received_at', now() - interval '40 minutes'))).*
                from (select * from sales where ksb_id = '%s' and delivery_status is not null and held is null limit 1) sale,
                  generate_series(1, 6) other""".formatted(OTHERS, KSB_ID);
        within(LIMIT, () -> assertThat(execute("sales", waiting)).isEqualTo(6));
    }

    @Test
    void whatGrowsOrEndsSoonIsNamedUntilItIsMended() throws Exception {
        Path key = keyOfDevices();
        Path old = key.resolveSibling("device-20250101T0000Z.pem");
        execute("sync", "create table growth as select repeat(md5(i::text), 30) from generate_series(1, 20000) i");
        execute("settings", licence("current_date + 3"));
        Files.move(key, old);
        try {
            system.end("settings-service");
            watch.fires("DatabaseGrows sync-service", "LicenceEnds", "TokenKeyOld");
        } finally {
            Files.move(old, key);
            system.end("settings-service");
            execute("settings", licence("date '2030-12-31'"));
            execute("sync", "drop table growth");
        }
        watch.quiet();
    }

    private static String licence(String until) {
        return "update enterprises set licence_until = %s where ksb_id = '%s'".formatted(until, KSB_ID);
    }

    private int execute(String database, String command) throws SQLException {
        try (Connection connection = system.database(database);
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(command);
        }
    }

    private Path keyOfDevices() throws IOException {
        try (Stream<Path> keys = Files.list(system.state().resolve("keys"))) {
            return keys.filter(key -> key.getFileName().toString().startsWith("device-"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /** Those of {@code ./pos up} have no certificate: a second process asks for its keys by https. */
    @Test
    void aCertificateThatEndsSoonIsNamedUntilItIsRenewed() throws Exception {
        withCertificate(10, () -> watch.fires("CertificateEnds"));
        withCertificate(90, () -> {
            within(LIMIT, () -> assertThat(watch.prometheus().series("pos_certificate_left_seconds > 80 * 86400"))
                    .isOne());
            watch.ended("CertificateEnds");
        });
    }

    private void withCertificate(int daysLeft, Runnable seen) throws Exception {
        try (TlsServer server = TlsServer.withDaysLeft(daysLeft, folder);
                Replica replica = Replica.of(
                        system, "sync-service", Map.of("MP_JWT_VERIFY_PUBLICKEY_LOCATION", server.address()))) {
            watch.prometheus().alsoRead("sync-service", replica.port());
            seen.run();
        }
    }

    @Test
    void aConsumerThatIsHeldUpIsStuckAndThenFarBehind() throws Exception {
        try (Connection locking = system.database("product")) {
            lock(locking, "inbox");
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
