package uz.ksb.pos.gateway.rings;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.common.utils.Utils;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;

/** All rings of this node, and how far it has read each partition. */
public class Rings {
    private final long maxBytes;
    private volatile Log log;

    public Rings(RingConfig config) {
        this.maxBytes = config.maxBytes().asLongValue();
    }

    /** The log as this node reads it since {@link #begin}. */
    private record Log(
            long epoch,
            List<Position> starts,
            AtomicReferenceArray<Position> heads,
            ConcurrentMap<Reign, Long> reigns,
            ConcurrentMap<String, Ring> byEnterprise) {}

    /** The time of one leader epoch. Its value: up to which offset the log is known to be of it, or of one before. */
    private record Reign(int partition, LiveTopic topic, int leader) {}

    /**
     * Starts anew.
     *
     * @param starts where the rings begin, for each partition
     */
    public void begin(List<Position> starts) {
        log = new Log(
                starts.getFirst().epoch(),
                List.copyOf(starts),
                new AtomicReferenceArray<>(starts.toArray(Position[]::new)),
                new ConcurrentHashMap<>(),
                new ConcurrentHashMap<>());
    }

    public long epoch() {
        return log.epoch();
    }

    /** The ring of an enterprise, an empty one if nothing was read for it. */
    public Ring of(String ksbId) {
        Log now = log;
        return now.byEnterprise().computeIfAbsent(ksbId, id -> newRing(now, id));
    }

    /** How far {@code partition} is read: whatever is before it stands in the rings already. */
    public Position head(int partition) {
        return log.heads().get(partition);
    }

    /** The partition of an enterprise, as Kafka's producers choose it by the key. */
    public int partitionOf(String ksbId) {
        return Utils.toPositive(Utils.murmur2(ksbId.getBytes(StandardCharsets.UTF_8)))
                % log.starts().size();
    }

    public int partitions() {
        return log.starts().size();
    }

    /** @param topic the one that was read, under the leader epoch of {@code position} */
    void readTo(int partition, LiveTopic topic, Position position) {
        Position before = head(partition);
        if (before.leader(topic) != position.leader(topic)) {
            leaderEnded(partition, topic, before.leader(topic), before.next(topic));
        }
        log.heads().set(partition, position);
    }

    public void leaderEnded(int partition, LiveTopic topic, int leader, long end) {
        log.reigns().merge(new Reign(partition, topic, leader), end, Math::max);
    }

    /**
     * Whether this node knows that the log still holds what {@code since} says a client has had of {@code topics}. If not,
     * {@link LogBounds#holds} asks Kafka.
     */
    public boolean holds(int partition, Position since, Set<LiveTopic> topics) {
        Log now = log;
        Position head = now.heads().get(partition);
        return topics.stream().allMatch(topic -> {
            long next = since.next(topic);
            boolean ofHead = since.leader(topic) == head.leader(topic) && next <= head.next(topic);
            return next == 0
                    || ofHead
                    || next <= now.reigns().getOrDefault(new Reign(partition, topic, since.leader(topic)), -1L);
        });
    }

    public Position start(int partition) {
        return log.starts().get(partition);
    }

    /** Has every ring let go what was recorded before {@code time}. On the thread that reads the log. */
    public void evictOlderThan(long time) {
        all().forEach(ring -> ring.evictOlderThan(time));
    }

    public Collection<Ring> all() {
        return log.byEnterprise().values();
    }

    /** How many events all rings hold. */
    public long events() {
        return log == null
                ? 0
                : all().stream().mapToLong(ring -> ring.next() - ring.first()).sum();
    }

    /** The size of all frames of all rings. */
    public long bytes() {
        return log == null ? 0 : all().stream().mapToLong(Ring::bytes).sum();
    }

    private Ring newRing(Log now, String ksbId) {
        int partition = partitionOf(ksbId);
        return new Ring(partition, now.starts().get(partition), maxBytes);
    }
}
