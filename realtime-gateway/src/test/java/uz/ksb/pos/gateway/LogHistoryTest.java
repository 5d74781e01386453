package uz.ksb.pos.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.platform.testing.Eventually.eventually;
import static uz.ksb.pos.platform.testing.Eventually.until;
import static uz.ksb.pos.platform.testing.Eventually.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
import uz.ksb.pos.gateway.hub.Hub;
import uz.ksb.pos.gateway.hub.LiveMetrics;
import uz.ksb.pos.gateway.hub.Log;
import uz.ksb.pos.gateway.hub.Outlet;
import uz.ksb.pos.gateway.hub.Pass;
import uz.ksb.pos.gateway.hub.Snapshots;
import uz.ksb.pos.gateway.hub.Subscriber;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.rings.Freshness;
import uz.ksb.pos.gateway.rings.KafkaLogBounds;
import uz.ksb.pos.gateway.rings.LogBounds;
import uz.ksb.pos.gateway.rings.LogHistory;
import uz.ksb.pos.gateway.rings.LogReader;
import uz.ksb.pos.gateway.rings.PieceReader;
import uz.ksb.pos.gateway.rings.RingConfig;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.gateway.testing.Publisher;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.embedded.EmbeddedKafka;
import uz.ksb.pos.platform.event.Ids;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.testing.Property;
import uz.ksb.pos.platform.testing.TestInfrastructure;

/** What the rings have let go comes from the real Kafka: each event once, in order, and joined with what is live. */
class LogHistoryTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static int shops = 50_000_000;

    private final String shop = Integer.toString(shops++);
    private final String kafkaServers = System.getProperty("kafka.bootstrap.servers");
    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final List<LogReader> readers = new ArrayList<>();
    private final List<Admin> admins = new ArrayList<>();
    private Admin admin;
    private Publisher kafka;

    @BeforeEach
    void open() {
        admin = Admin.create(Map.of("bootstrap.servers", kafkaServers));
        kafka = new Publisher();
    }

    @AfterEach
    void close() {
        readers.forEach(LogReader::stop);
        admins.forEach(one -> one.close(Duration.ZERO));
        loop.shutdownNow();
        kafka.close();
        admin.close();
    }

    @Test
    void aClientThatComesBackAfterWhatTheRingKeepsGetsItFromKafkaThenGoesOnLive() throws Exception {
        Node node = new Node(2_000);
        Till till = new Till(node);
        till.subscribe(Optional.empty());
        eventually(() -> assertThat(till.position).isNotNull());
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

        Till again = new Till(node);
        again.subscribe(Optional.of(till.position));
        UUID live = Ids.next();
        published.add(live);
        publish(live, shop);

        eventually(() -> assertThat(again.ids).hasSize(published.size()));
        assertThat(again.ids).isEqualTo(published);
        assertThat(again.recovered).containsExactly(true);
    }

    @Test
    void aClientThatIsTooSlowForTheRingGetsAllTheSame() throws Exception {
        Node node = new Node(2_000);
        Till slow = new Till(node);
        slow.subscribe(Optional.empty());
        eventually(() -> assertThat(slow.position).isNotNull());
        slow.takes = 0;
        List<UUID> published = new ArrayList<>();
        for (int sale = 0; sale < 400; sale++) {
            published.add(publish(Ids.next(), shop));
        }
        until(() -> node.rings.of(shop).next() == 400);

        // A few messages at a time, and the ring goes on letting go meanwhile.
        for (int turn = 0; turn < 60; turn++) {
            loop.submit(() -> slow.take(7)).get(10, TimeUnit.SECONDS);
            if (turn % 10 == 0) {
                published.add(publish(Ids.next(), shop));
            }
        }
        eventually(() -> {
            loop.submit(() -> slow.take(1_000)).get(10, TimeUnit.SECONDS);
            assertThat(slow.ids).hasSize(published.size());
        });
        assertThat(slow.ids).isEqualTo(published);
        assertThat(slow.recovered).containsExactly(false);
    }

    @Test
    void whatKafkaHasLetGoTooIsTold() throws Exception {
        Node node = new Node(2_000);
        Till till = new Till(node);
        till.subscribe(Optional.empty());
        eventually(() -> assertThat(till.position).isNotNull());
        till.leave();
        for (int sale = 0; sale < 100; sale++) {
            publish(Ids.next(), shop);
        }
        until(() -> node.rings.of(shop).next() == 100);
        int partition = node.rings.partitionOf(shop);
        long middle = Position.read(till.position).orElseThrow().next(LiveTopic.SALES) + 10;
        admin.deleteRecords(Map.of(new TopicPartition(Topics.SALES, partition), RecordsToDelete.beforeOffset(middle)))
                .all()
                .get(10, TimeUnit.SECONDS);

        Till again = new Till(node);
        again.subscribe(Optional.of(till.position));

        eventually(() -> assertThat(again.recovered).containsExactly(false));
        UUID live = publish(Ids.next(), shop);
        eventually(() -> assertThat(again.ids).containsExactly(live));
    }

    @Test
    void moreThanIsReadForOneClientIsTold() throws Exception {
        Node node = new Node(20);
        Till till = new Till(node);
        till.subscribe(Optional.empty());
        eventually(() -> assertThat(till.position).isNotNull());
        till.leave();
        for (int sale = 0; sale < 100; sale++) {
            publish(Ids.next(), shop);
        }
        until(() -> node.rings.of(shop).next() == 100);

        Till again = new Till(node);
        again.subscribe(Optional.of(till.position));

        eventually(() -> assertThat(again.recovered).containsExactly(false));
    }

    @Test
    void whileKafkaIsAwayClientsStayAndAreToldAndThenGetEverything(@TempDir Path folder) throws Exception {
        int port = TestInfrastructure.freePort();
        int controller = TestInfrastructure.freePort();
        EmbeddedKafka own = EmbeddedKafka.start(folder, port, controller);
        own.createTopics(Topics.LOCAL_PARTITIONS);
        try (Publisher publisher = new Publisher(own.bootstrapServers())) {
            Node node = new Node(own.bootstrapServers(), 100_000);
            Till till = new Till(node);
            till.subscribe(Optional.empty());
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
        Property.forAll(6, random -> {
            try {
                live(random);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void live(RandomGenerator random) throws Exception {
        String own = Integer.toString(shops++);
        List<Node> nodes = new ArrayList<>(List.of(new Node(10_000), new Node(10_000)));
        List<UUID> published = new ArrayList<>();
        Till till = new Till(nodes.getFirst(), own);
        till.subscribe(Optional.empty());
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
                    Till mine = current;
                    loop.submit(() -> mine.take(random.nextInt(20))).get(10, TimeUnit.SECONDS);
                }
                case 3 -> {
                    current.leave();
                    got.addAll(current.ids);
                    if (current != till) {
                        assertThat(current.recovered).doesNotContain(false);
                    }
                    Till next = new Till(nodes.get(random.nextInt(2)), own);
                    next.position = current.position;
                    next.subscribe(Optional.of(current.position));
                    current = next;
                }
                default -> {
                    int dying = random.nextInt(2);
                    if (current.node == nodes.get(dying)) {
                        current.leave();
                        got.addAll(current.ids);
                        Till next = new Till(nodes.get(1 - dying), own);
                        next.position = current.position;
                        next.subscribe(Optional.of(current.position));
                        current = next;
                    }
                    nodes.get(dying).reader.stop();
                    nodes.set(dying, new Node(10_000));
                }
            }
        }
        Till last = current;
        eventually(() -> {
            loop.submit(() -> last.take(10_000)).get(10, TimeUnit.SECONDS);
            assertThat(got.size() + last.ids.size()).isEqualTo(published.size());
        });
        got.addAll(last.ids);
        assertThat(got).isEqualTo(published);
        last.leave();
        nodes.forEach(node -> node.reader.stop());
    }

    private UUID publish(UUID id, String ksbId) {
        kafka.publish(id, Topics.SALES, ksbId, "sale.opened", id.toString(), "{\"id\":\"" + id + "\"}");
        return id;
    }

    /** A gateway node with small rings. */
    private final class Node {
        private final Rings rings;
        private final Hub hub;
        private final LogReader reader;

        Node(long historyEvents) {
            this(kafkaServers, historyEvents);
        }

        Node(String kafkaServers, long historyEvents) {
            Admin admin = Admin.create(Map.of("bootstrap.servers", kafkaServers));
            admins.add(admin);
            RingConfig config = new SmallRings(historyEvents);
            rings = new Rings(config);
            LogBounds bounds = new KafkaLogBounds(admin, rings);
            Freshness freshness = new Freshness(bounds, rings);
            LogHistory history = new LogHistory(new PieceReader(kafkaServers, rings), rings, 100_000);
            hub = new Hub(
                    new Log(rings, bounds, history, freshness::behind, historyEvents),
                    (channel, pass) -> CompletableFuture.completedFuture(new Snapshots.Snapshot.Unavailable()),
                    new LiveMetrics(new SimpleMeterRegistry(), Clock.systemUTC()));
            reader = new LogReader(kafkaServers, config, rings, hub, freshness);
            readers.add(reader);
            reader.start();
            until(reader::isCaughtUp);
        }
    }

    private record SmallRings(long historyEvents) implements RingConfig {
        @Override
        public Duration window() {
            return Duration.ofMinutes(5);
        }

        @Override
        public MemorySize maxBytes() {
            return new MemorySize(BigInteger.valueOf(5_000));
        }

        @Override
        public MemorySize historyBytes() {
            return new MemorySize(BigInteger.valueOf(100_000));
        }

        @Override
        public Duration settingsWindow() {
            return Duration.ofMinutes(20);
        }
    }

    /** Takes only as many messages as it is told to. */
    private final class Till implements Outlet {
        private final Node node;
        private final String ksbId;
        private final List<UUID> ids = java.util.Collections.synchronizedList(new ArrayList<>());
        private final List<Boolean> recovered = java.util.Collections.synchronizedList(new ArrayList<>());
        private Subscriber subscriber;
        private volatile String position;
        private volatile String other = "";
        private volatile long takes = Long.MAX_VALUE;

        Till(Node node) {
            this(node, shop);
        }

        Till(Node node, String ksbId) {
            this.node = node;
            this.ksbId = ksbId;
        }

        void subscribe(Optional<String> since) throws Exception {
            loop.submit(() -> {
                        subscriber = node.hub.join(pass(ksbId), this);
                        return subscriber.subscribe(List.of("sales", "customers"), since);
                    })
                    .get(10, TimeUnit.SECONDS);
        }

        void leave() throws Exception {
            loop.submit(subscriber::leave).get(10, TimeUnit.SECONDS);
        }

        String pong() throws Exception {
            loop.submit(subscriber::ping).get(10, TimeUnit.SECONDS);
            return other;
        }

        void take(long more) {
            takes = more;
            subscriber.pump();
        }

        @Override
        public void send(byte[] json) {
            try {
                var message = JSON.readTree(new String(json, StandardCharsets.UTF_8));
                position = message.path("position").asText(position);
                switch (message.path("op").asText()) {
                    case "event" -> {
                        ids.add(UUID.fromString(message.path("id").asText()));
                        takes--;
                    }
                    case "subscribed" -> recovered.add(message.path("recovered").asBoolean());
                    default -> other = message.toString();
                }
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void flush() {}

        @Override
        public boolean isFull() {
            return takes <= 0;
        }

        @Override
        public void close(CloseReason reason) {
            throw new AssertionError(reason);
        }

        @Override
        public Loop loop() {
            return new Loop(
                    loop, loop, (action, nanos) -> CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, loop)
                            .execute(action));
        }
    }

    private static Pass pass(String ksbId) {
        Caller caller = new Caller(
                ksbId,
                "till",
                "1",
                "user",
                "login",
                Set.of(),
                ZoneId.of("UTC"),
                LocalTime.MIDNIGHT,
                "UZS",
                null,
                false,
                false,
                true);
        return new Pass(caller, "token", Instant.now().minusSeconds(60), Instant.MAX);
    }
}
