package uz.ksb.pos.gateway.rings;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.platform.event.CloudEvent;

/**
 * From a record of the log to the ring of its enterprise. Used by one thread.
 *
 * <p>What cannot be read is left out and told in the log; it must not stop what follows.
 */
public final class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);

    private final Rings rings;
    private final Arrivals arrivals;
    private final List<RecentIds> seen;
    private final Set<String> grown = new HashSet<>();

    public Intake(Rings rings, Arrivals arrivals) {
        this.rings = rings;
        this.arrivals = arrivals;
        this.seen = Stream.generate(RecentIds::new).limit(rings.partitions()).toList();
    }

    public void accept(ConsumerRecord<String, byte[]> read) {
        LiveTopic topic = LiveTopic.named(read.topic());
        int partition = read.partition();
        Position position = rings.head(partition).after(topic, read.offset());
        try {
            CloudEvent event = CloudEvent.readFrom(read.headers());
            if (isOurs(event, read) && seen.get(partition).add(event.id())) {
                take(topic, event, read, position);
            }
        } catch (IOException | IllegalArgumentException | java.time.format.DateTimeParseException unreadable) {
            LOG.warnf("Left out %s-%d@%d: %s", read.topic(), partition, read.offset(), unreadable.getMessage());
        }
        rings.readTo(partition, position);
    }

    /** Tells who has got something since the last call. */
    public void turnEnded() {
        grown.forEach(arrivals::grown);
        grown.clear();
    }

    private void take(LiveTopic topic, CloudEvent event, ConsumerRecord<String, byte[]> read, Position position)
            throws IOException {
        if (event.type().equals("device.blocked") || event.type().equals("user.disabled")) {
            arrivals.revoked(event, FrameEncoding.addressees(event, read.value()));
        }
        // Before the ring's start only the ids count: a repeat may follow within the ring.
        if (!rings.start(read.partition()).covers(topic, read.offset())) {
            rings.of(event.ksbId()).append(FrameEncoding.frame(topic, event, read, position));
            grown.add(event.ksbId());
        }
    }

    private boolean isOurs(CloudEvent event, ConsumerRecord<String, byte[]> read) {
        boolean ours = event.ksbId().equals(read.key())
                && rings.partitionOf(event.ksbId()) == read.partition()
                && read.value() != null;
        if (!ours) {
            LOG.warnf(
                    "Left out %s-%d@%d: key, partition and enterprise differ",
                    read.topic(), read.partition(), read.offset());
        }
        return ours;
    }
}
