package uz.ksb.pos.gateway.rings;

import java.time.DateTimeException;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.platform.event.CloudEvent;

/** Tells the records that are events of ours from others. */
public final class LogRecords {
    private LogRecords() {}

    /** The leader epoch under which {@code read} was written. */
    public static int leader(ConsumerRecord<String, byte[]> read) {
        return read.leaderEpoch().orElse(Position.NO_LEADER);
    }

    /** Empty when the record is no event, or not at the place of its enterprise. */
    public static Optional<CloudEvent> event(ConsumerRecord<String, byte[]> read, Rings rings) {
        try {
            CloudEvent event = CloudEvent.readFrom(read.headers());
            boolean ours = event.ksbId().equals(read.key())
                    && rings.partitionOf(event.ksbId()) == read.partition()
                    && read.value() != null;
            return ours ? Optional.of(event) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
