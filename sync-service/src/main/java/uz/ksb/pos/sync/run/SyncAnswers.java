package uz.ksb.pos.sync.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.inbox.ConsumerRetry;
import uz.ksb.pos.platform.inbox.Inbox;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.syncpart.PartApplied;
import uz.ksb.pos.platform.syncpart.RowsRejected;
import uz.ksb.pos.sync.crm.CrmNotifications;
import uz.ksb.pos.sync.run.domain.Part;
import uz.ksb.pos.sync.run.domain.SyncStateMachine;
import uz.ksb.pos.sync.run.store.Confirmations;
import uz.ksb.pos.sync.run.store.PartRepository;
import uz.ksb.pos.sync.run.store.PartRepository.Answered;
import uz.ksb.pos.sync.run.store.SyncRepository;

/** Reads pos.sync.v1: the answers for applied parts, and our own completed runs, which the CRM is told of. */
@ApplicationScoped
class SyncAnswers {
    private final SyncRepository syncs;
    private final PartRepository parts;
    private final Confirmations confirmations;
    private final SyncStateMachine machine;
    private final Outbox outbox;
    private final Inbox inbox;
    private final SyncRunner runs;
    private final CrmNotifications crm;
    private final ObjectMapper json;

    SyncAnswers(
            SyncRepository syncs,
            PartRepository parts,
            Confirmations confirmations,
            SyncConfig config,
            Outbox outbox,
            Inbox inbox,
            SyncRunner runs,
            CrmNotifications crm,
            ObjectMapper json) {
        this.syncs = syncs;
        this.parts = parts;
        this.confirmations = confirmations;
        this.machine = new SyncStateMachine(config.retries());
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
            case PartApplied.TYPE -> partApplied(event, json.readValue(message.value(), PartApplied.class));
            case RowsRejected.TYPE -> rowsRejected(json.readValue(message.value(), RowsRejected.class));
            case SyncEvents.COMPLETED -> ConsumerRetry.untilAvailable("sync-answers", crm.add(event, message.value()));
            default -> Uni.createFrom().voidItem();
        };
    }

    private Uni<Void> partApplied(CloudEvent event, PartApplied answer) {
        return ConsumerRetry.untilAvailable(
                        "sync-answers",
                        outbox.inTransaction(connection ->
                                inbox.once(connection, event.id(), "sync-answers", () -> store(connection, answer))))
                .invoke(() -> runs.wake(event.ksbId()))
                .replaceWithVoid();
    }

    private Uni<Void> rowsRejected(RowsRejected rows) {
        return ConsumerRetry.untilAvailable(
                "sync-answers",
                confirmations.reject(rows.syncId(), rows.part(), rows.reading(), rows.chunk(), rows.places()));
    }

    private Uni<Void> store(SqlConnection connection, PartApplied answer) {
        Part part = Part.labelled(answer.part());
        return parts.lock(connection, answer.syncId(), part).chain(found -> found.filter(
                        open -> SyncStateMachine.awaitsAnswer(part, open.state()))
                .map(open -> store(connection, part, open, answer).chain(() -> tell(connection, answer.syncId())))
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> store(SqlConnection connection, Part part, Answered open, PartApplied answer) {
        return SyncStateMachine.missing(part, open.sent(), answer.received())
                .map(reason ->
                        parts.tryAgain(connection, answer.syncId(), part, machine.pauseAfter(open.attempts()), reason))
                .orElseGet(() -> parts.apply(connection, part, answer));
    }

    private Uni<Void> tell(SqlConnection connection, UUID syncId) {
        return syncs.running(connection, syncId)
                .chain(run -> run.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : syncs.view(connection, run.get())
                                .chain(view -> outbox.add(connection, SyncEvents.progress(run.get(), view))));
    }
}
