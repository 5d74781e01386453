package uz.ksb.pos.product.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;
import uz.ksb.pos.platform.problem.Problem;

/** Reads {@code pos.product-updates.v1}. */
@ApplicationScoped
class ProductUpdatesConsumer {
    private static final Logger LOG = Logger.getLogger(ProductUpdatesConsumer.class);

    private final PartReceiving receiving;
    private final ObjectMapper json;

    ProductUpdatesConsumer(PartReceiving receiving, ObjectMapper json) {
        this.receiving = receiving;
        this.json = json;
    }

    /** A message that can never be taken; its message is the reason in the dead letter's header. */
    private static final class NotUnderstood extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        NotUnderstood(String reason) {
            super(reason);
        }
    }

    @Incoming("product-updates")
    Uni<Void> receive(ConsumerRecord<String, String> incoming) {
        CloudEvent event;
        PartMessage message;
        try {
            event = CloudEvent.readFrom(incoming.headers());
            message = message(event.type(), incoming.value());
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            LOG.warnf(
                    "A message of %s-%d@%d goes to the dead letters: %s",
                    incoming.topic(), incoming.partition(), incoming.offset(), e.getMessage());
            return Uni.createFrom().failure(e);
        }
        return ConsumerRetry.untilAvailable(
                "product-updates",
                receiving
                        .receive(event, message)
                        .onFailure(Problem.class)
                        .transform(refused -> new NotUnderstood(refused.getMessage()))
                        .onFailure()
                        .invoke(failure -> LOG.warnf("Message %s had no effect: %s", event.id(), failure)));
    }

    private PartMessage message(String type, String value) {
        try {
            PartMessage message = read(type, value == null ? "" : value);
            if (message == null || message.syncId() == null || !PartReceiving.isKnown(message.part())) {
                throw new NotUnderstood("syncId or part is missing or unknown");
            }
            if (message instanceof PartMessage.Rows rows && rows.rows() == null) {
                throw new NotUnderstood("rows are missing");
            }
            return message;
        } catch (JsonProcessingException e) {
            throw new NotUnderstood("it is not valid JSON of " + type);
        }
    }

    private PartMessage read(String type, String value) throws JsonProcessingException {
        if (type.equals(PartMessage.END)) {
            return json.readValue(value, PartMessage.End.class);
        }
        if (type.endsWith(PartMessage.ROWS)) {
            return json.readValue(value, PartMessage.Rows.class);
        }
        throw new NotUnderstood("the type " + type + " is not known");
    }
}
