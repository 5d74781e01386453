package uz.ksb.pos.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.until;
import static uz.ksb.pos.platform.testing.Eventually.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.testing.Node;
import uz.ksb.pos.gateway.testing.Publisher;
import uz.ksb.pos.gateway.testing.Till;
import uz.ksb.pos.platform.embedded.EmbeddedKafka;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Property;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** Events that the rings have dropped come from the real Kafka: each event once, in order, and joined with what is live. */
class LogHistoryTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static int shops = 50_000_000;

    private final String shop = Integer.toString(shops++);
    private final String kafkaServers = System.getProperty("kafka.bootstrap.servers");
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final List<Node> nodes = new ArrayList<>();
    private Admin admin;
    private Publisher kafka;

    @BeforeEach
    void open() {
        admin = Admin.create(Map.of("bootstrap.servers", kafkaServers));
        kafka = new Publisher();
    }

    @AfterEach
    void close() {
        nodes.forEach(Node::close);
        loop.shutdownNow();
        kafka.close();
        admin.close();
    }

    @Test
    void aClientBehindTheRingReadsFromKafkaThenGoesOnLive() throws Exception {
        Node node = node(2_000);
        Till till = joined(node);
        till.leave();
        List<UUID> published = new ArrayList<>();
        for (int sale = 0; sale < 700; sale++) {
            UUID id = Ids.next();
            published.add(id);
            publish(id, shop);
            if (sale % 5 == 0) {
                // A relay that died repeats what it had published, and others write too.
                publish(published.get(Math.max(0, sale - 3)), shop);
                publish(Ids.next(), "99" + shop.substring(2));
            }
        }
        until(() -> node.rings.of(shop).next() == 700);
        assertThat(node.rings.of(shop).first()).as("let go").isGreaterThan(600);

        Till again = till(node);
        subscribe(again, Optional.of(till.position));
        UUID live = Ids.next();
        published.add(live);
        publish(live, shop);

        eventually(() -> assertThat(again.ids).hasSize(published.size()));
        assertThat(again.ids).isEqualTo(published);
        assertThat(again.recovered).containsExactly(true);
    }

    @Test
    void aClientThatIsTooSlowForTheRingGetsAllTheSame() throws Exception {
        Node node = node(2_000);
        Till slow = joined(node);
        slow.takes = 0;
        List<UUID> published = publish(400, node);

        // A few messages at a time, and the ring goes on letting go meanwhile.
        for (int turn = 0; turn < 60; turn++) {
            slow.take(7);
            if (turn % 10 == 0) {
                published.add(publish(Ids.next(), shop));
            }
        }
        eventually(() -> {
            slow.take(1_000);
            assertThat(slow.ids).hasSize(published.size());
        });
        assertThat(slow.ids).isEqualTo(published);
        assertThat(slow.recovered).containsExactly(false);
    }

    @Test
    void whatKafkaHasLetGoTooIsTold() throws Exception {
        Node node = node(2_000);
        Till till = joined(node);
        till.leave();
        publish(100, node);
        int partition = node.rings.partitionOf(shop);
        long middle = Position.read(till.position).orElseThrow().next(LiveTopic.SALES) + 10;
        admin.deleteRecords(Map.of(new TopicPartition(Topics.SALES, partition), RecordsToDelete.beforeOffset(middle)))
                .all()
                .get(10, TimeUnit.SECONDS);

        Till again = till(node);
        subscribe(again, Optional.of(till.position));

        eventually(() -> assertThat(again.recovered).containsExactly(false));
        UUID live = publish(Ids.next(), shop);
        eventually(() -> assertThat(again.ids).containsExactly(live));
    }

    @Test
    void moreThanIsReadForOneClientIsTold() throws Exception {
        Node node = node(20);
        Till till = joined(node);
        till.leave();
        publish(100, node);

        Till again = till(node);
        subscribe(again, Optional.of(till.position));

        eventually(() -> assertThat(again.recovered).containsExactly(false));
    }

    @Test
    void whileKafkaIsAwayClientsStayAndAreToldAndThenGetEverything(@TempDir Path folder) throws Exception {
        int port = TestInfrastructure.freePort();
        int controller = TestInfrastructure.freePort();
        EmbeddedKafka own = EmbeddedKafka.start(folder, port, controller);
        own.createTopics(Topics.LOCAL_PARTITIONS);
        try (Publisher publisher = new Publisher(own.bootstrapServers())) {
            Node node = node(own.bootstrapServers(), 100_000);
            Till till = till(node);
            subscribe(till, Optional.empty());
            UUID before = publisher.publish(Topics.SALES, shop, "sale.opened", "s", "{}");
            within(LIMIT, () -> assertThat(till.ids).containsExactly(before));
            assertThat(till.pong()).doesNotContain("behind");

            own.stop();
            within(LIMIT, () -> assertThat(till.other).contains("/problems/behind"));
            assertThat(till.pong()).contains("\"behind\":");
            own = EmbeddedKafka.start(folder, port, controller);
            UUID after = publisher.publish(Topics.SALES, shop, "sale.opened", "s", "{}");

            within(LIMIT, () -> assertThat(till.ids).containsExactly(before, after));
            within(LIMIT, () -> assertThat(till.pong()).contains("position").doesNotContain("behind"));
        } finally {
            own.stop();
        }
    }

    /** The model in small with everything real below the hub: random breaks, slowness, repeats, nodes young and old. */
    @Test
    void everySequenceIsThatOfTheLog() {
        Property.forAll(System.getProperty("pos.test.all") == null ? 2 : 6, random -> {
            try {
                live(random);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void live(RandomGenerator random) throws Exception {
        String own = Integer.toString(shops++);
        List<Node> pair = new ArrayList<>(List.of(node(10_000), node(10_000)));
        List<UUID> published = new ArrayList<>();
        Till till = new Till(pair.getFirst(), loop, own);
        subscribe(till, Optional.empty());
        eventually(() -> assertThat(till.position).isNotNull());
        Till current = till;
        List<UUID> got = new ArrayList<>();
        for (int step = 0; step < 25; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    for (int sale = random.nextInt(80); sale >= 0; sale--) {
                        published.add(publish(Ids.next(), own));
                        if (random.nextInt(6) == 0) {
                            publish(published.get(random.nextInt(published.size())), own);
                        }
                    }
                }
                case 2 -> {
                    current.takes = random.nextInt(30);
                    current.take(random.nextInt(20));
                }
                case 3 -> {
                    current.leave();
                    got.addAll(current.ids);
                    if (current != till) {
                        assertThat(current.recovered).doesNotContain(false);
                    }
                    Till next = new Till(pair.get(random.nextInt(2)), loop, own);
                    next.position = current.position;
                    subscribe(next, Optional.of(current.position));
                    current = next;
                }
                default -> {
                    int dying = random.nextInt(2);
                    if (current.node == pair.get(dying)) {
                        current.leave();
                        got.addAll(current.ids);
                        Till next = new Till(pair.get(1 - dying), loop, own);
                        next.position = current.position;
                        subscribe(next, Optional.of(current.position));
                        current = next;
                    }
                    pair.get(dying).close();
                    pair.set(dying, node(10_000));
                }
            }
        }
        Till last = current;
        eventually(() -> {
            last.take(10_000);
            assertThat(got.size() + last.ids.size()).isEqualTo(published.size());
        });
        got.addAll(last.ids);
        assertThat(got).isEqualTo(published);
        last.leave();
        pair.forEach(Node::close);
    }

    /** The first {@code count} events of the shop; comes back when {@code node} has read them. */
    private List<UUID> publish(int count, Node node) {
        List<UUID> published = new ArrayList<>();
        for (int sale = 0; sale < count; sale++) {
            published.add(publish(Ids.next(), shop));
        }
        until(() -> node.rings.of(shop).next() == count);
        return published;
    }

    private UUID publish(UUID id, String ksbId) {
        kafka.publish(id, Topics.SALES, ksbId, "sale.opened", id.toString(), "{\"id\":\"" + id + "\"}");
        return id;
    }

    private Node node(long historyEvents) {
        return node(kafkaServers, historyEvents);
    }

    private Node node(String servers, long historyEvents) {
        Node node = new Node(servers, Node.smallRings(historyEvents));
        nodes.add(node);
        return node;
    }

    private Till till(Node node) {
        return new Till(node, loop, shop);
    }

    /** A till that stands at the head of the log. */
    private Till joined(Node node) throws Exception {
        Till till = till(node);
        subscribe(till, Optional.empty());
        eventually(() -> assertThat(till.position).isNotNull());
        return till;
    }

    private static void subscribe(Till till, Optional<String> since) throws Exception {
        till.subscribe(since, "sales", "customers");
    }
}
