package uz.ksb.pos.sales.sync;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;
import uz.ksb.pos.platform.inbox.Inbox;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.syncpart.PartApplied;
import uz.ksb.pos.sales.catalogue.SoldStock;
import uz.ksb.pos.sales.delivery.DeliveryRequests;

/** Reads {@code pos.sync.v1}: at a run's beginning the waiting sales are sent, at its good end the sold stock is settled. */
@ApplicationScoped
class SyncRunConsumer {
    private static final String CHANNEL = "sync-requests";
    private static final String REQUESTED = "sync.requested";
    private static final String COMPLETED = "sync.completed";
    private static final String SALES = "sales";

    private final Outbox outbox;
    private final Inbox inbox;
    private final DeliveryRequests deliveries;
    private final SoldStock stock;
    private final ObjectMapper json;

    SyncRunConsumer(Outbox outbox, Inbox inbox, DeliveryRequests deliveries, SoldStock stock, ObjectMapper json) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.deliveries = deliveries;
        this.stock = stock;
        this.json = json;
    }

    /** @param startedAt only of a completed run */
    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Run(UUID syncId, Instant startedAt) {}

    @Incoming(CHANNEL)
    Uni<Void> receive(ConsumerRecord<String, String> message) {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        return switch (event.type()) {
            case REQUESTED -> once(event, sendAll(event.ksbId(), run(message.value())));
            case COMPLETED -> once(event, settle(event.ksbId(), run(message.value())));
            default -> Uni.createFrom().voidItem();
        };
    }

    private Run run(String value) {
        try {
            Run run = value == null ? null : json.readValue(value, Run.class);
            if (run == null || run.syncId() == null) {
                throw new IllegalArgumentException("syncId is missing");
            }
            return run;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not a sync's JSON", e);
        }
    }

    private Uni<Void> once(CloudEvent event, Function<SqlConnection, Uni<Void>> effect) {
        return ConsumerRetry.untilAvailable(
                        CHANNEL,
                        outbox.inTransaction(connection ->
                                inbox.once(connection, event.id(), CHANNEL, () -> effect.apply(connection))))
                .replaceWithVoid();
    }

    /** The part without rows: the answer says how many sales wait. */
    private Function<SqlConnection, Uni<Void>> sendAll(String ksbId, Run run) {
        return connection -> deliveries
                .sendAll(connection, ksbId)
                .map(waiting -> new PartApplied(run.syncId(), SALES, waiting, waiting, 0, 0, List.of()))
                .chain(applied -> outbox.add(connection, applied.event(ksbId)));
    }

    private Function<SqlConnection, Uni<Void>> settle(String ksbId, Run run) {
        return connection -> run.startedAt() == null
                ? Uni.createFrom().voidItem()
                : stock.runCompleted(connection, ksbId, run.startedAt());
    }
}
