package uz.ksb.pos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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
    private static final List<String> PARTS = List.of(
            "PostgreSQL",
            "Kafka",
            "settings-service",
            "product-service",
            "sales-service",
            "sync-service",
            "realtime-gateway",
            "back-office-simulator");

    private final RunningSystem system;
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
        new Agreement(system, KSB_ID).holds(seller.told().keySet(), screen);
        screen.close();
        assertThat(seller.unexpected()).isNull();
    }

    @Test
    void eachPartMayFreezeForSeconds() throws Exception {
        for (String part : PARTS) {
            frozen(part, Duration.ofSeconds(15));
        }
    }

    @Test
    void theStoresMayFreezeForMinutes() throws Exception {
        for (String part : List.of("PostgreSQL", "Kafka")) {
            frozen(part, Duration.ofSeconds(100));
        }
    }

    @Test
    void allPartsMayBeKilledAtOnceAndRepeatedly() throws Exception {
        for (int crash = 0; crash < 2; crash++) {
            PARTS.forEach(system::kill);
            sellMore();
        }
    }

    @Test
    void connectionsMayBeCutEveryTwoSeconds() throws Exception {
        for (int cut = 0; cut < 10; cut++) {
            system.cutDatabaseConnections();
            screen.cut();
            TimeUnit.SECONDS.sleep(2);
        }
    }

    @Test
    void lockedTablesAndRowsOnlyDelay() throws Exception {
        for (String lock : List.of(
                "lock table sales in access exclusive mode",
                "lock table outbox in access exclusive mode",
                "select 1 from day_totals for update")) {
            try (Connection database = system.salesDatabase();
                    Statement statement = database.createStatement()) {
                statement.execute("set transaction_timeout = 0");
                database.setAutoCommit(false);
                statement.execute(lock);
                TimeUnit.SECONDS.sleep(12);
                database.rollback();
            }
            sellMore();
        }
    }

    @Test
    void garbageInEveryTopicStopsNothing() throws Exception {
        Garbage.publish(system.kafka(), KSB_ID);
        sellMore();
    }

    @Test
    void aTopicMadeAnewIsReloadedAndNotSkipped() throws Exception {
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

    /** As after a loss of power; so much is torn off that some of it was acknowledged and shown. */
    @Test
    void aTornTailIsReloadedAndNotSkipped() throws Exception {
        changeWithoutKafka(log -> {
            try (DirectoryStream<Path> partitions = Files.newDirectoryStream(log.resolve("log"), Topics.SALES + "-*")) {
                for (Path partition : partitions) {
                    tear(partition);
                }
            }
        });
    }

    @Test
    void aLostKafkaFolderIsReloadedAndNotSkipped() throws Exception {
        changeWithoutKafka(folder -> {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        });
    }

    /** The launcher is held still, or it would start Kafka anew before its folder is changed. */
    private void changeWithoutKafka(FolderChange change) throws Exception {
        Set<String> told = Set.copyOf(seller.told().keySet());
        within(LIMIT, () -> assertThat(screen.shown()).containsAll(told));
        int reloads = screen.reloads();
        system.freezeLauncher();
        try {
            long kafka = system.pid("Kafka");
            system.kill("Kafka");
            within(LIMIT, () -> assertThat(RunningSystem.hasEnded(kafka)).isTrue());
            change.in(system.state().resolve("kafka"));
        } finally {
            system.launcherGoesOn();
        }
        within(LIMIT, () -> assertThat(screen.reloads()).isGreaterThan(reloads));
    }

    private interface FolderChange {
        void in(Path kafka) throws IOException;
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

    private static void tear(Path partition) throws IOException {
        Path segment = partition.resolve("00000000000000000000.log");
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
    }
}
