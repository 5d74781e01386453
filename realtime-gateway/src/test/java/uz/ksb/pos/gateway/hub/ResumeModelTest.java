package uz.ksb.pos.gateway.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.gateway.metrics.LiveMetrics;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.CloseReason;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.rings.Frame;
import uz.ksb.pos.gateway.rings.History;
import uz.ksb.pos.gateway.rings.LogBounds;
import uz.ksb.pos.gateway.rings.Ring;
import uz.ksb.pos.gateway.rings.RingConfig;
import uz.ksb.pos.gateway.rings.RingWriter;
import uz.ksb.pos.gateway.rings.Rings;
import uz.ksb.pos.gateway.snapshot.Snapshots;
import uz.ksb.pos.gateway.token.VerifiedToken;
import uz.ksb.pos.platform.caller.Caller;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.testing.Property;

/**
 * The promise of resume against a model: random publishing with repeats, nodes that read the topics in their own order and
 * start at different times, rings that let go, clients that break, are slow and come back anywhere.
 */
class ResumeModelTest {
    private static final long EPOCH = 4711;
    private static final int LEADER = 3;
    private static final long MAX_REPLAYED = 60;
    private static final List<String> SHOPS = List.of("10000001", "10000002");
    private static final List<LiveTopic> TOPICS = List.of(LiveTopic.TOTALS, LiveTopic.SALES, LiveTopic.PRODUCTS);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyClientGetsItsLogOnceInOrderOrIsTold() {
        Property.forAll(400, random -> new World(random).live());
    }

    /** One partition of the log, its readers and its clients, in simulated time. */
    private static final class World {
        private final RandomGenerator random;
        private final Map<LiveTopic, List<Entry>> log = new EnumMap<>(LiveTopic.class);
        private final Set<UUID> published = new HashSet<>();
        private final int[] totalsVersion = new int[SHOPS.size()];
        private final List<Node> nodes = new ArrayList<>();
        private final List<Till> tills = new ArrayList<>();
        private final Deque<Runnable> tasks = new ArrayDeque<>();
        private final Map<LiveTopic, Long> kept = new EnumMap<>(LiveTopic.class);
        private final List<AssertionError> failures = new ArrayList<>();
        private long now;

        World(RandomGenerator random) {
            this.random = random;
            for (LiveTopic topic : LiveTopic.values()) {
                log.put(topic, new ArrayList<>());
                kept.put(topic, 0L);
            }
            nodes.add(new Node());
            nodes.add(new Node());
            for (int till = 0; till < 4; till++) {
                tills.add(new Till(till % SHOPS.size()));
            }
        }

        private record Entry(
                UUID id, String shop, LiveTopic topic, long offset, long time, boolean first, int version) {}

        void live() {
            for (int step = 0; step < 250; step++) {
                now++;
                step(random.nextInt(13));
                if (random.nextInt(3) > 0) {
                    runTasks(random.nextInt(6));
                }
            }
            settle();
        }

        private void step(int what) {
            Node node = nodes.get(random.nextInt(nodes.size()));
            Till till = tills.get(random.nextInt(tills.size()));
            switch (what) {
                case 0, 1, 2 -> publish();
                case 3, 4, 5 -> node.read(random.nextInt(5) + 1);
                case 6 -> till.breakOff();
                case 7, 8 -> till.comeTo(node);
                case 9 -> till.toggleFull();
                case 10 -> node.letGo();
                case 11 -> maybeForget();
                default -> maybeRestart();
            }
        }

        private void maybeRestart() {
            if (random.nextInt(6) == 0) {
                int which = random.nextInt(nodes.size());
                Node dying = nodes.get(which);
                tills.stream().filter(till -> till.node == dying).forEach(Till::breakOff);
                nodes.set(which, new Node());
            }
        }

        /** Kafka lets go of its oldest events, seldom of so many that anybody who is away needs them. */
        private void maybeForget() {
            if (random.nextInt(3) == 0) {
                LiveTopic topic = TOPICS.get(random.nextInt(TOPICS.size()));
                kept.merge(topic, log.get(topic).size() * (long) random.nextInt(3) / 4, Math::max);
            }
        }

        private void settle() {
            nodes.forEach(node -> node.read(Integer.MAX_VALUE));
            tills.forEach(till -> {
                till.full = false;
                if (till.subscriber == null) {
                    till.comeTo(nodes.getFirst());
                }
            });
            runTasks(Integer.MAX_VALUE);
            tills.forEach(till -> till.subscriber.pump());
            runTasks(Integer.MAX_VALUE);
            assertThat(failures).isEmpty();
            tills.forEach(Till::hasAll);
        }

        private void runTasks(int most) {
            for (int task = 0; task < most && !tasks.isEmpty(); task++) {
                tasks.removeFirst().run();
            }
        }

        private void publish() {
            LiveTopic topic = TOPICS.get(random.nextInt(TOPICS.size()));
            List<Entry> entries = log.get(topic);
            int shop = random.nextInt(SHOPS.size());
            boolean repeat = random.nextInt(4) == 0 && !entries.isEmpty();
            if (repeat) {
                Entry again = entries.get(random.nextInt(entries.size()));
                entries.add(new Entry(again.id, again.shop, topic, entries.size(), now, false, again.version));
            } else {
                UUID id = new UUID(random.nextLong(), random.nextLong());
                int version = topic == LiveTopic.TOTALS ? ++totalsVersion[shop] : 0;
                entries.add(new Entry(id, SHOPS.get(shop), topic, entries.size(), now, published.add(id), version));
            }
        }

        /** A gateway node that reads this log. */
        private final class Node {
            private final Rings rings = new Rings(config(random.nextInt(3) == 0 ? 1_500 : 1_000_000));
            private final Map<LiveTopic, Integer> next = new EnumMap<>(LiveTopic.class);
            private final Hub hub;
            private final RingWriter writer;

            Node() {
                long from = now - random.nextInt(150);
                Map<LiveTopic, Long> start = new EnumMap<>(LiveTopic.class);
                for (LiveTopic topic : LiveTopic.values()) {
                    next.put(topic, 0);
                    start.put(
                            topic,
                            log.get(topic).stream()
                                    .filter(entry -> entry.time < from)
                                    .count());
                }
                rings.begin(List.of(position(start)));
                Log view = new Log(rings, bounds, this::history, partition -> Optional.empty(), MAX_REPLAYED);
                hub = new Hub(view, this::snapshot, new LiveMetrics(new SimpleMeterRegistry(), Clock.systemUTC()));
                writer = new RingWriter(rings, hub);
                read(random.nextInt(100));
            }

            private final LogBounds bounds = new LogBounds() {
                @Override
                public CompletionStage<Bounds> of(int partition) {
                    Map<LiveTopic, Long> end = new EnumMap<>(LiveTopic.class);
                    log.forEach((topic, entries) -> end.put(topic, (long) entries.size()));
                    CompletableFuture<Bounds> answer = new CompletableFuture<>();
                    tasks.add(() -> answer.complete(new Bounds(position(kept), position(end))));
                    return answer;
                }

                @Override
                public CompletionStage<Boolean> holds(int partition, Position since, Set<LiveTopic> topics) {
                    CompletableFuture<Boolean> answer = new CompletableFuture<>();
                    tasks.add(() -> answer.complete(true));
                    return answer;
                }
            };

            /** As Kafka gives it: pieces of three offsets, of all enterprises, sometimes late, sometimes not at all. */
            private CompletionStage<History.Answer> history(LiveTopic topic, int partition, long offset) {
                CompletableFuture<History.Answer> answer = new CompletableFuture<>();
                tasks.add(() -> {
                    long from = offset - offset % 3;
                    long end = Math.min(from + 3, log.get(topic).size());
                    if (offset < kept.get(topic)) {
                        answer.complete(new History.Answer.Gone());
                    } else {
                        answer.complete(new History.Answer.Piece(from, end, LEADER, pieces(topic, from, end), 0));
                    }
                });
                return answer;
            }

            /** Made by another node's writer, which has read the log from its beginning. */
            private Map<String, List<Frame>> pieces(LiveTopic topic, long from, long end) {
                Rings other = new Rings(config(1_000_000));
                Map<LiveTopic, Long> start = new EnumMap<>(LiveTopic.class);
                start.put(topic, from);
                other.begin(List.of(position(start)));
                RingWriter reading = new RingWriter(other, hub);
                log.get(topic).stream().limit(end).map(ResumeModelTest::record).forEach(reading::accept);
                Map<String, List<Frame>> frames = new HashMap<>();
                SHOPS.forEach(shop -> {
                    Ring ring = other.of(shop);
                    frames.put(
                            shop,
                            LongStream.range(ring.first(), ring.next())
                                    .mapToObj(ring::get)
                                    .toList());
                });
                return frames;
            }

            private CompletionStage<Snapshots.Snapshot> snapshot(Channel channel, VerifiedToken verified) {
                int version = totalsVersion[SHOPS.indexOf(verified.caller().ksbId())];
                CompletableFuture<Snapshots.Snapshot> answer = new CompletableFuture<>();
                tasks.add(() -> answer.complete(
                        new Snapshots.Snapshot.Value(totals(version).getBytes(StandardCharsets.UTF_8))));
                return answer;
            }

            void read(int most) {
                int left = most;
                while (left > 0) {
                    List<LiveTopic> behind = TOPICS.stream()
                            .filter(topic -> next.get(topic) < log.get(topic).size())
                            .toList();
                    if (behind.isEmpty()) {
                        break;
                    }
                    LiveTopic topic = behind.get(random.nextInt(behind.size()));
                    writer.accept(record(log.get(topic).get(next.merge(topic, 1, Integer::sum) - 1)));
                    left--;
                }
                writer.turnEnded();
            }

            void letGo() {
                SHOPS.forEach(shop -> rings.evictOlderThan(now - random.nextInt(60)));
            }
        }

        /** A client, and what it must get. */
        private final class Till implements ClientSink {
            private final int shop;
            private final Map<LiveTopic, Integer> expected = new EnumMap<>(LiveTopic.class);
            private Node node;
            private Subscriber subscriber;
            private String position;
            private int totals;
            private int totalsEvent;
            private int inSnapshot;
            private boolean full;
            private boolean closed = true;
            private String since;
            private final Set<LiveTopic> followed = new HashSet<>();
            private Had before;

            private record Had(String position, Map<LiveTopic, Integer> expected, int totals, int totalsEvent) {}

            Till(int shop) {
                this.shop = shop;
            }

            void breakOff() {
                if (subscriber != null) {
                    subscriber.leave();
                    subscriber = null;
                    closed = true;
                    if (!followed.containsAll(TOPICS)) {
                        // A position is that of the channels that are followed: not all are yet.
                        position = before.position;
                        expected.clear();
                        expected.putAll(before.expected);
                        totals = before.totals;
                        totalsEvent = before.totalsEvent;
                    }
                }
            }

            void toggleFull() {
                full = !full;
                if (!full && subscriber != null) {
                    subscriber.pump();
                }
            }

            void comeTo(Node to) {
                breakOff();
                closed = false;
                node = to;
                since = position;
                inSnapshot = 0;
                subscriber = node.hub.join(verified(SHOPS.get(shop)), this);
                followed.clear();
                before = new Had(position, Map.copyOf(expected), totals, totalsEvent);
                if (since != null && random.nextInt(3) == 0) {
                    inTwoMessages(subscriber, Optional.of(since));
                } else {
                    CompletionStage<Void> unusedAnswer =
                            subscriber.subscribe(List.of("totals", "sales", "products"), Optional.ofNullable(since));
                }
            }

            /** The second one as soon as the first is answered, whatever has come already. */
            private void inTwoMessages(Subscriber mine, Optional<String> from) {
                CompletionStage<Void> unusedAnswer = mine.subscribe(List.of("sales"), from)
                        .thenAccept(told -> {
                            if (mine == subscriber) {
                                CompletionStage<Void> unused = mine.subscribe(List.of("totals", "products"), from);
                            }
                        });
            }

            /** A failure here may be lost in a stage that nobody looks at. */
            @Override
            public void send(ServerMessage message) {
                send(message.json());
            }

            @Override
            public void send(byte[] json) {
                try {
                    hear(json);
                } catch (AssertionError wrong) {
                    failures.add(wrong);
                }
            }

            private void hear(byte[] json) {
                assertThat(closed).isFalse();
                JsonNode message = parse(json);
                switch (message.path("op").asText()) {
                    case "subscribed" -> subscribed(message);
                    case "snapshot" -> snapshot(message);
                    case "event" -> event(message);
                    default -> throw new AssertionError(message.toString());
                }
            }

            private void subscribed(JsonNode message) {
                List<LiveTopic> topics = TOPICS.stream()
                        .filter(topic -> message.path("channels").toString().contains(word(topic)))
                        .toList();
                String had = followed.containsAll(topics) ? position : since;
                followed.addAll(topics);
                if (message.path("recovered").asBoolean()) {
                    assertThat(since).isNotNull();
                } else {
                    assertThat(since == null || isOutOfReach(Position.read(had).orElseThrow(), topics))
                            .as("told without need")
                            .isTrue();
                    startAnew(
                            topics,
                            Position.read(message.path("position").asText()).orElseThrow());
                }
                position = message.path("position").asText();
            }

            /** Whether Kafka has let go of something that one who was at {@code had} needs, or it is too much. */
            private boolean isOutOfReach(Position had, List<LiveTopic> topics) {
                Position lost = node.rings.of(SHOPS.get(shop)).lost();
                long missing = topics.stream()
                        .mapToLong(topic -> Math.max(0, lost.next(topic) - had.next(topic)))
                        .sum();
                return missing > MAX_REPLAYED || topics.stream().anyMatch(topic -> had.next(topic) < kept.get(topic));
            }

            private void startAnew(List<LiveTopic> topics, Position start) {
                if (topics.contains(LiveTopic.TOTALS)) {
                    totals = 0;
                    totalsEvent = 0;
                }
                topics.forEach(topic -> expected.put(topic, (int) own(topic).stream()
                        .filter(entry -> start.covers(topic, entry.offset))
                        .count()));
            }

            private static String word(LiveTopic topic) {
                return '"' + topic.name().toLowerCase(java.util.Locale.ROOT) + '"';
            }

            private void snapshot(JsonNode message) {
                int version = message.path("data").path("version").asInt();
                assertThat(version).isGreaterThanOrEqualTo(totals);
                totals = version;
                inSnapshot = version;
            }

            private void event(JsonNode message) {
                position = message.path("position").asText();
                LiveTopic topic =
                        LiveTopic.valueOf(message.path("channel").asText().toUpperCase(java.util.Locale.ROOT));
                if (topic == LiveTopic.TOTALS) {
                    int version = message.path("data").path("version").asInt();
                    assertThat(version).isGreaterThan(Math.max(totalsEvent, inSnapshot));
                    totalsEvent = version;
                    totals = Math.max(totals, version);
                } else {
                    int place = expected.merge(topic, 1, Integer::sum) - 1;
                    assertThat(own(topic)).hasSizeGreaterThan(place);
                    assertThat(message.path("id").asText())
                            .isEqualTo(own(topic).get(place).id.toString());
                }
            }

            void hasAll() {
                assertThat(totals).isEqualTo(totalsVersion[shop]);
                List.of(LiveTopic.SALES, LiveTopic.PRODUCTS).forEach(topic -> assertThat(expected.get(topic))
                        .isEqualTo(own(topic).size()));
            }

            /** The events of this till's enterprise in the log, without repeats. */
            private List<Entry> own(LiveTopic topic) {
                return log.get(topic).stream()
                        .filter(entry -> entry.first && entry.shop.equals(SHOPS.get(shop)))
                        .toList();
            }

            @Override
            public void flush() {}

            @Override
            public boolean isFull() {
                return full;
            }

            @Override
            public void close(CloseReason reason) {
                throw new AssertionError(reason);
            }

            @Override
            public Loop loop() {
                return new Loop(tasks, tasks::add, (action, nanos) -> tasks.add(action));
            }
        }
    }

    private static ConsumerRecord<String, byte[]> record(World.Entry entry) {
        String data = entry.topic == LiveTopic.TOTALS ? totals(entry.version) : "{\"id\":\"" + entry.id + "\"}";
        RecordHeaders headers = new RecordHeaders();
        new CloudEvent(entry.id, "something.changed", "test", Instant.EPOCH, null, entry.shop, null).writeTo(headers);
        return new ConsumerRecord<>(
                entry.topic.topicName(),
                0,
                entry.offset,
                entry.time,
                TimestampType.CREATE_TIME,
                0,
                0,
                entry.shop,
                data.getBytes(StandardCharsets.UTF_8),
                headers,
                Optional.of(LEADER));
    }

    private static String totals(int version) {
        return "{\"date\":\"2026-01-01\",\"version\":" + version + "}";
    }

    private static Position position(Map<LiveTopic, Long> offsets) {
        return Position.of(
                EPOCH,
                offsets.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, next -> new Position.Place(next.getValue(), LEADER))));
    }

    private static JsonNode parse(byte[] json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static VerifiedToken verified(String ksbId) {
        Caller caller = new Caller(
                ksbId,
                "device",
                "1",
                "user",
                "login",
                Set.of(),
                ZoneId.of("UTC"),
                LocalTime.MIDNIGHT,
                "UZS",
                null,
                Set.of(),
                false,
                false,
                true);
        return new VerifiedToken(caller, "token", Instant.EPOCH, Instant.MAX);
    }

    private static RingConfig config(long maxBytes) {
        return new RingConfig() {
            @Override
            public Duration window() {
                return Duration.ofMinutes(5);
            }

            @Override
            public MemorySize maxBytes() {
                return new MemorySize(BigInteger.valueOf(maxBytes));
            }

            @Override
            public long historyEvents() {
                return MAX_REPLAYED;
            }

            @Override
            public MemorySize historyBytes() {
                return maxBytes();
            }

            @Override
            public Duration settingsWindow() {
                return Duration.ofMinutes(20);
            }
        };
    }
}
