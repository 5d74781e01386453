package uz.ksb.pos.gateway.rings;

import java.time.Instant;
import java.util.Set;
import uz.ksb.pos.platform.event.CloudEvent;

/** Is told of what the reader finds. Called on the reader's thread: must not block. */
public interface RingListener {
    /** The ring of {@code ksbId} has grown. */
    void grown(String ksbId);

    /** A device was blocked or a user disabled: who that is are the event's subject and the ids in its data; {@code at} is real time. */
    void revoked(CloudEvent event, Set<String> whom, Instant at);

    /** The rings of {@code partition} have fallen behind Kafka, or are up to date again: {@link LagMonitor} knows. */
    void lagChanged(int partition);

    /** The rings start anew: what clients hold of them is void. */
    void restarted();
}
