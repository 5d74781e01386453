package uz.ksb.pos.settings.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;

/** Reads {@code pos.settings-updates.v1}. */
@ApplicationScoped
class SettingsUpdatesConsumer {
    private final PartReceiving receiving;
    private final ObjectMapper json;

    SettingsUpdatesConsumer(PartReceiving receiving, ObjectMapper json) {
        this.receiving = receiving;
        this.json = json;
    }

    @Incoming("settings-updates")
    Uni<Void> receive(ConsumerRecord<String, String> message) throws JsonProcessingException {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        return ConsumerRetry.untilAvailable(
                "settings-updates", receiving.receive(event, read(event.type(), message.value())));
    }

    private PartMessage read(String type, String value) throws JsonProcessingException {
        if (type.equals(PartMessage.END)) {
            return json.readValue(value, PartMessage.End.class);
        }
        if (type.endsWith(PartMessage.ROWS_SUFFIX)) {
            return json.readValue(value, PartMessage.Rows.class);
        }
        throw new IllegalArgumentException("the type " + type + " is not known");
    }
}
