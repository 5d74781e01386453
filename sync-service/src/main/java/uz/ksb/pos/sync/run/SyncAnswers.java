package uz.ksb.pos.sync.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;
import uz.ksb.pos.platform.inbox.Inbox;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sync.crm.CrmNotifications;

/** Reads pos.sync.v1: the answers of those who applied a part, and our own completed runs, of which the CRM is to learn. */
@ApplicationScoped
class SyncAnswers {
    private final SyncRepository syncs;
    private final Outbox outbox;
    private final Inbox inbox;
    private final SyncRunner runs;
    private final CrmNotifications crm;
    private final ObjectMapper json;

    SyncAnswers(
            SyncRepository syncs,
            Outbox outbox,
            Inbox inbox,
            SyncRunner runs,
            CrmNotifications crm,
            ObjectMapper json) {
        this.syncs = syncs;
        this.outbox = outbox;
        this.inbox = inbox;
        this.runs = runs;
        this.crm = crm;
        this.json = json;
    }

    @Incoming("sync-answers")
    Uni<Void> received(ConsumerRecord<String, String> message) throws JsonProcessingException {
        CloudEvent event = CloudEvent.readFrom(message.headers());
        return switch (event.type()) {
            case SyncEvents.PART_APPLIED ->
                partApplied(event, json.readValue(message.value(), SyncEvents.PartApplied.class));
            case SyncEvents.COMPLETED -> ConsumerRetry.untilAvailable("sync-answers", crm.add(event, message.value()));
            default -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> partApplied(CloudEvent event, SyncEvents.PartApplied answer) {
        return ConsumerRetry.untilAvailable(
                        "sync-answers",
                        outbox.inTransaction(connection ->
                                inbox.once(connection, event.id(), "sync-answers", () -> store(connection, answer))))
                .invoke(() -> runs.wake(event.ksbId()))
                .replaceWithVoid();
    }

    private Uni<Void> store(SqlConnection connection, SyncEvents.PartApplied answer) {
        return syncs.applied(connection, answer)
                .chain(run -> run.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : syncs.view(connection, run.get())
                                .chain(view -> outbox.add(connection, SyncEvents.progress(run.get(), view))));
    }
}
