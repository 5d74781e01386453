package uz.ksb.pos.sales.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;

/** Reads {@code pos.customer-updates.v1}. */
@ApplicationScoped
class CustomerUpdatesConsumer {
    private final PartReceiving receiving;
    private final ObjectMapper json;

    CustomerUpdatesConsumer(PartReceiving receiving, ObjectMapper json) {
        this.receiving = receiving;
        this.json = json;
    }

    @Incoming("customer-updates")
    Uni<Void> receive(ConsumerRecord<String, String> message) throws JsonProcessingException {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        return switch (event.type()) {
            case PartMessage.ROWS ->
                ConsumerRetry.untilAvailable(
                        "customer-updates", receiving.rows(event, read(message, PartMessage.Rows.class)));
            case PartMessage.END ->
                ConsumerRetry.untilAvailable(
                        "customer-updates", receiving.end(event, read(message, PartMessage.End.class)));
            default -> throw new IllegalArgumentException("the type " + event.type() + " is not known");
        };
    }

    private <T> T read(ConsumerRecord<String, String> message, Class<T> type) throws JsonProcessingException {
        T read = json.readValue(message.value(), type);
        if (read == null) {
            throw new IllegalArgumentException("the message is null");
        }
        return read;
    }
}
