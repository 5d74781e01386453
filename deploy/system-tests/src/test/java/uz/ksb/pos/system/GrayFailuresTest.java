package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import uz.ksb.pos.platform.event.Topics;

/** Parts that stop answering without dying, and data that change behind our back, while a till sells and another looks on. */
@Tag("long")
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
    void theDatabaseAndTheServiceMayFreezeForSeconds() throws Exception {
        for (String part : List.of("PostgreSQL", "sales-service")) {
            frozen(part, Duration.ofSeconds(3));
        }
    }

    @Test
    void eachPartMayFreezeForMinutes() throws Exception {
        for (String part :
                List.of("PostgreSQL", "Kafka", "sales-service", "back-office-simulator", "realtime-gateway")) {
            frozen(part, Duration.ofSeconds(100));
        }
    }

    @Test
    void garbageInEveryTopicStopsNothing() throws Exception {
        Garbage.publish(system.kafka(), KSB_ID);
        sellMore();
    }

    @Test
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
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
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
}
