package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
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

/** Parts that stop answering without dying, and data that change behind our back, while a till sells and another looks on. */
@ExtendWith(SharedSystem.class)
class GrayFailuresTest {
    private static final String KSB_ID = "10000002";
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int SALES_BETWEEN = 5;

    private final RunningSystem system;
    private boolean topicIsWhole = true;
    private Seller seller;
    private FollowingTill screen;

    GrayFailuresTest(RunningSystem system) {
        this.system = system;
    }

    @BeforeEach
    void sell() {
        screen = new FollowingTill(system, KSB_ID);
        within(LIMIT, () -> assertThat(screen.isConnected()).isTrue());
        seller = new Seller(system, KSB_ID, 50);
        sellMore();
    }

    @AfterEach
    void everybodyAgrees() throws Exception {
        sellMore();
        seller.close();
        new Agreement(system, KSB_ID).holds(seller.told().keySet(), screen, topicIsWhole);
        screen.close();
        assertThat(seller.unexpected()).isNull();
    }

    @Test
    void eachPartMayFreezeForSeconds() throws Exception {
        for (String part : List.of("PostgreSQL", "Kafka", "sales-service", "back-office-simulator", "realtime-gateway")) {
            frozen(part, Duration.ofSeconds(4));
        }
    }

    @Test
    @Tag("long")
    void eachPartMayFreezeForMinutes() throws Exception {
        for (String part : List.of("PostgreSQL", "Kafka", "sales-service", "back-office-simulator")) {
            frozen(part, Duration.ofSeconds(100));
        }
    }

    @Test
    void garbageInEveryTopicStopsNothing() throws Exception {
        try (KafkaProducer<String, byte[]> kafka = producer()) {
            for (Topics.Topic topic : Topics.all()) {
                for (ProducerRecord<String, byte[]> garbage : garbage(topic.name())) {
                    kafka.send(garbage).get(30, TimeUnit.SECONDS);
                }
            }
        }
        sellMore();
    }

    @Test
    @Tag("long")
    void aTopicMadeAnewIsReloadedAndNotSkipped() throws Exception {
        topicIsWhole = false;
        int reloads = screen.reloads();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", system.kafka()))) {
            admin.deleteTopics(List.of(Topics.SALES)).all().get(30, TimeUnit.SECONDS);
            within(LIMIT, () -> admin.createTopics(
                            List.of(new NewTopic(Topics.SALES, Topics.LOCAL_PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS));
        }
        within(LIMIT, () -> assertThat(screen.reloads()).isGreaterThan(reloads));
    }

    /** As after a loss of power: the launcher is held still, or it would start Kafka anew before the tail is torn. */
    @Test
    @Tag("long")
    void aTornTailIsReloadedAndNotSkipped() throws Exception {
        topicIsWhole = false;
        int reloads = screen.reloads();
        system.freezeLauncher();
        try {
            long kafka = system.pid("Kafka");
            system.kill("Kafka");
            within(LIMIT, () -> assertThat(RunningSystem.hasEnded(kafka)).isTrue());
            try (DirectoryStream<Path> partitions =
                    Files.newDirectoryStream(system.state().resolve("kafka/log"), Topics.SALES + "-*")) {
                partitions.forEach(GrayFailuresTest::tear);
            }
        } finally {
            system.launcherGoesOn();
        }
        within(LIMIT, () -> assertThat(screen.reloads()).isGreaterThan(reloads));
    }

    private void frozen(String part, Duration time) throws Exception {
        system.freeze(part);
        try {
            Thread.sleep(time);
        } finally {
            system.goOn(part);
        }
        sellMore();
    }

    private void sellMore() {
        int before = seller.told().size();
        within(LIMIT, () -> assertThat(seller.told()).hasSizeGreaterThanOrEqualTo(before + SALES_BETWEEN));
    }

    private static void tear(Path partition) {
        Path segment = partition.resolve("00000000000000000000.log");
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.truncate(file.size() * 9 / 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", system.kafka()), new StringSerializer(), new ByteArraySerializer());
    }

    private static List<ProducerRecord<String, byte[]>> garbage(String topic) {
        return List.of(
                new ProducerRecord<>(topic, KSB_ID, null),
                new ProducerRecord<>(topic, null, new byte[] {0}),
                new ProducerRecord<>(topic, KSB_ID, bytes("not json")),
                new ProducerRecord<>(topic, KSB_ID, bytes("{}")),
                event(topic, "products.rows", "null"),
                event(topic, "products.rows", "{\"syncId\":7,\"rows\":{}}"),
                event(topic, "part.end", "{\"chunks\":\"1E+2147483647\"}"),
                event(topic, "products.changed", "{\"rows\":[{\"prices\":[{\"price\":\"1E+2147483647\"}]}]}"),
                event(topic, "device.changed", "{\"deviceId\":null}"),
                event(topic, "enterprise.changed", "[]"),
                event(topic, "rates.changed", "{\"items\":[{\"rate\":\"NaN\"}]}"),
                event(topic, "sync.requested", "{\"syncId\":\"x\"}"));
    }

    private static ProducerRecord<String, byte[]> event(String topic, String type, String data) {
        ProducerRecord<String, byte[]> event = new ProducerRecord<>(topic, KSB_ID, bytes(data));
        new CloudEvent(Ids.next(), type, "test", Instant.now(), "x", KSB_ID, null).writeTo(event.headers());
        return event;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
