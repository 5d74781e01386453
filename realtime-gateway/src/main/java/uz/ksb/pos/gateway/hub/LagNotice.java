package uz.ksb.pos.gateway.hub;

import java.time.Duration;
import java.util.Optional;
import uz.ksb.pos.gateway.protocol.Position;
import uz.ksb.pos.gateway.protocol.ServerMessage;

/** Tells one client whether this node is behind Kafka, so that what the client shows may be old. */
final class LagNotice {
    private final Log log;
    private final int partition;
    private final ClientSink client;

    LagNotice(Log log, int partition, ClientSink client) {
        this.log = log;
        this.partition = partition;
        this.client = client;
    }

    /** @param place of a client that has had all there is */
    void pong(Optional<Position> place) {
        Optional<Duration> behind = log.behind().apply(partition);
        client.send(new ServerMessage.Pong(place, behind.map(Duration::toSeconds)));
        client.flush();
    }

    /** @return false, telling nothing, when this node is not behind */
    boolean tell() {
        boolean behind = log.behind().apply(partition).isPresent();
        if (behind) {
            client.send(ServerMessage.error(
                    "behind",
                    "News do not come through now: what is shown may be old. A pong without behind ends it."));
            client.flush();
        }
        return behind;
    }
}
