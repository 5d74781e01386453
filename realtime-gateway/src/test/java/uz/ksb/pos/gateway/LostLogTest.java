package uz.ksb.pos.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.testing.Node;
import uz.ksb.pos.gateway.testing.Publisher;
import uz.ksb.pos.gateway.testing.Till;
import uz.ksb.pos.platform.embedded.EmbeddedKafka;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** A log that lost what it had, and grew again: no offset of it means what it meant, and no client is told it does. */
class LostLogTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String SHOP = "50000777";
    private static final int BEFORE = 15;

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final List<Node> nodes = new ArrayList<>();
    private final int port = TestInfrastructure.freePort();
    private final int controller = TestInfrastructure.freePort();

    @TempDir
    Path folder;

    private EmbeddedKafka kafka;
    private Node node;
    private Till till;

    @BeforeEach
    void sellBefore() throws Exception {
        kafka = EmbeddedKafka.start(folder, port, controller);
        kafka.createTopics(Topics.LOCAL_PARTITIONS);
        node = node();
        till = new Till(node, loop, SHOP).subscribe(Optional.empty(), "sales");
        publish(BEFORE);
        within(LIMIT, () -> assertThat(till.ids).hasSize(BEFORE));
    }

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
        loop.shutdownNow();
        kafka.stop();
    }

    @Test
    void aPositionOfATopicMadeAnewIsNotRecovered() throws Exception {
        String position = till.position;
        recreateSales();
        publish(2 * BEFORE);

        within(LIMIT, () -> assertThat(till.closed).as("who follows is told").isEqualTo(CloseReason.RESTART));
        assertNotRecovered(node, position);
        assertNotRecovered(node(), position);
    }

    @Test
    void aPositionOfALostTailIsNotRecovered() throws Exception {
        String position = till.position;
        restartWithoutTail();
        publish(2 * BEFORE);

        within(LIMIT, () -> assertThat(till.closed).as("who follows is told").isEqualTo(CloseReason.RESTART));
        assertNotRecovered(node, position);
        assertNotRecovered(node(), position);
    }

    @Test
    void aPositionBeforeALostTailIsRecovered() throws Exception {
        String position = positionOfEvent(1);
        restartWithoutTail();
        List<UUID> after = publish(BEFORE);

        Till again = new Till(node(), loop, SHOP).subscribe(Optional.of(position), "sales");

        within(LIMIT, () -> assertThat(again.ids).containsAll(after));
        assertThat(again.recovered).containsExactly(true);
        assertThat(again.ids.getFirst()).isEqualTo(till.ids.get(2));
    }

    @Test
    void aRestartOfKafkaThatLosesNothingLosesNoClient() throws Exception {
        String position = till.position;
        kafka.stop();
        kafka = EmbeddedKafka.start(folder, port, controller);
        Node fresh = node();
        Till again = new Till(fresh, loop, SHOP).subscribe(Optional.of(position), "sales", "rates");

        List<UUID> after = publish(3);

        within(LIMIT, () -> assertThat(again.ids).isEqualTo(after));
        assertThat(again.recovered).containsExactly(true);
        within(LIMIT, () -> assertThat(till.ids).hasSize(BEFORE + 3));
        assertThat(till.closed).isNull();
    }

    private String positionOfEvent(int index) {
        String event = till.messages.stream()
                .filter(message -> message.contains("\"op\":\"event\""))
                .toList()
                .get(index);
        return event.replaceAll(".*\"position\":\"([^\"]*)\".*", "$1");
    }

    private void assertNotRecovered(Node at, String position) throws Exception {
        Till again = new Till(at, loop, SHOP).subscribe(Optional.of(position), "sales");
        within(LIMIT, () -> assertThat(again.recovered).hasSize(1));
        assertThat(again.recovered).as("%s, then %s", position, again.messages).containsExactly(false);
    }

    private Node node() {
        Node started = new Node(kafka.bootstrapServers(), Node.smallRings(2_000));
        nodes.add(started);
        return started;
    }

    private List<UUID> publish(int count) {
        List<UUID> ids = new ArrayList<>();
        try (Publisher publisher = new Publisher(kafka.bootstrapServers())) {
            for (int sale = 0; sale < count; sale++) {
                ids.add(publisher.publish(Topics.SALES, SHOP, "sale.opened", "s", "{}"));
            }
        }
        return ids;
    }

    private void recreateSales() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.deleteTopics(List.of(Topics.SALES)).all().get(10, TimeUnit.SECONDS);
            within(LIMIT, () -> admin.createTopics(
                            List.of(new NewTopic(Topics.SALES, Topics.LOCAL_PARTITIONS, (short) 1)))
                    .all()
                    .get(10, TimeUnit.SECONDS));
        }
    }

    /** As after a loss of power: the last third of what was acknowledged never reached the disk. */
    private void restartWithoutTail() throws IOException {
        kafka.stop();
        Path log = folder.resolve("log");
        Files.delete(log.resolve(".kafka_cleanshutdown"));
        try (var partitions = Files.newDirectoryStream(log, Topics.SALES + "-*")) {
            partitions.forEach(LostLogTest::tear);
        }
        kafka = EmbeddedKafka.start(folder, port, controller);
    }

    private static void tear(Path partition) {
        try (FileChannel segment =
                FileChannel.open(partition.resolve("00000000000000000000.log"), StandardOpenOption.WRITE)) {
            segment.truncate(segment.size() * 2 / 3);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
