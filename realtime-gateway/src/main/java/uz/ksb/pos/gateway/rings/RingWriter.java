package uz.ksb.pos.gateway.rings;

import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import uz.ksb.pos.gateway.protocol.LiveTopic;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.log.LogContext;

/**
 * From a record of the log to the ring of its enterprise. Used by one thread.
 *
 * <p>A record that cannot be read is left out and logged; it must not stop what follows.
 */
public final class RingWriter {
    private static final Logger LOG = Logger.getLogger(RingWriter.class);

    private final Rings rings;
    private final RingListener listener;
    private final List<RecentIds> seen;
    private final Set<String> grown = new HashSet<>();

    public RingWriter(Rings rings, RingListener listener) {
        this.rings = rings;
        this.listener = listener;
        this.seen = Stream.generate(RecentIds::new).limit(rings.partitions()).toList();
    }

    public void accept(ConsumerRecord<String, byte[]> read) {
        LiveTopic topic = LiveTopic.named(read.topic());
        int partition = read.partition();
        Position position = rings.head(partition).after(topic, read.offset(), LogRecords.leader(read));
        Optional<CloudEvent> event = LogRecords.event(read, rings);
        try {
            if (event.isEmpty()) {
                leaveOut(read, "no event, or key, partition and enterprise differ");
            } else if (seen.get(partition).add(event.get().id())) {
                take(topic, event.get(), read, position);
            }
        } catch (IOException unreadable) {
            leaveOut(read, "its data is not one JSON object");
        }
        rings.readTo(partition, topic, position);
    }

    /** Tells who has got something since the last call. */
    public void turnEnded() {
        grown.forEach(listener::grown);
        grown.clear();
    }

    private void take(LiveTopic topic, CloudEvent event, ConsumerRecord<String, byte[]> read, Position position)
            throws IOException {
        if (event.type().equals("device.blocked") || event.type().equals("user.disabled")) {
            listener.revoked(
                    event, FrameEncoding.addressees(event, read.value()), Instant.ofEpochMilli(read.timestamp()));
        }
        // Before the ring's start only the ids count: a repeat may follow within the ring.
        if (!rings.start(read.partition()).covers(topic, read.offset())) {
            rings.of(event.ksbId()).append(FrameEncoding.frame(topic, event, read, position));
            grown.add(event.ksbId());
        }
    }

    private static void leaveOut(ConsumerRecord<String, byte[]> read, String why) {
        try (LogContext.Lines ids = LogContext.of(read.headers())) {
            LOG.warnf("Left out %s-%d@%d: %s", read.topic(), read.partition(), read.offset(), why);
        }
    }
}
