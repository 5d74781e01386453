package uz.ksb.pos.sales.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;

/** Reads {@code pos.sync.v1}, of which only the beginning and the good end of a run concern us. */
@ApplicationScoped
class SyncRequestsConsumer {
    private final PartReceiving receiving;
    private final ObjectMapper json;

    SyncRequestsConsumer(PartReceiving receiving, ObjectMapper json) {
        this.receiving = receiving;
        this.json = json;
    }

    @Incoming("sync-requests")
    Uni<Void> receive(ConsumerRecord<String, String> message) throws JsonProcessingException {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        return switch (event.type()) {
            case PartMessage.REQUESTED ->
                ConsumerRetry.untilAvailable(
                        "sync-requests",
                        receiving.sendAll(event, json.readValue(message.value(), PartMessage.Requested.class)));
            case PartMessage.COMPLETED ->
                ConsumerRetry.untilAvailable(
                        "sync-requests",
                        receiving.completed(event, json.readValue(message.value(), PartMessage.Completed.class)));
            default -> Uni.createFrom().voidItem();
        };
    }
}
