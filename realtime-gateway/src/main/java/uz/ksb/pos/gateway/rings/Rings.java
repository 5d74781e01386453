package uz.ksb.pos.gateway.rings;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.kafka.common.utils.Utils;
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
            ConcurrentMap<String, Ring> byEnterprise) {}

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

    int partitions() {
        return log.starts().size();
    }

    void readTo(int partition, Position position) {
        log.heads().set(partition, position);
    }

    Position start(int partition) {
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
