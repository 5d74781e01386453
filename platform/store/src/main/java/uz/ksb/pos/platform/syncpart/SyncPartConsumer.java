package uz.ksb.pos.platform.syncpart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.inbox.ConsumerRetry;
import uz.ksb.pos.platform.inbox.Inbox;
import uz.ksb.pos.platform.metrics.PoisonRows;
import uz.ksb.pos.platform.outbox.Outbox;

/** Consumes the messages of a service's parts. */
@ApplicationScoped
public class SyncPartConsumer {
    private final Outbox outbox;
    private final Inbox inbox;
    private final SyncPartLedger ledger;
    private final ObjectMapper json;

    SyncPartConsumer(Outbox outbox, Inbox inbox, SyncPartLedger ledger, ObjectMapper json) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.ledger = ledger;
        this.json = json;
    }

    /**
     * Gives one message its effect.
     *
     * @param channel names the consumer in the inbox and in the health
     * @return fails when the message can never have its effect: it belongs to the dead letters
     */
    public Uni<Void> receive(String channel, ConsumerRecord<String, String> incoming, SyncPartHandler handler) {
        CloudEvent event;
        SyncPart message;
        try {
            event = CloudEvent.readFrom(incoming.headers());
            message = message(event.type(), incoming.value(), handler);
        } catch (IllegalArgumentException | DateTimeException e) {
            return Uni.createFrom().failure(e);
        }
        return ConsumerRetry.untilAvailable(
                        channel,
                        outbox.inTransaction(connection -> inbox.once(
                                connection,
                                event.id(),
                                channel,
                                () -> effect(connection, event, message, incoming.topic(), handler))))
                .invoke(handler::committed)
                .replaceWithVoid();
    }

    private Uni<Void> effect(
            SqlConnection connection, CloudEvent event, SyncPart message, String topic, SyncPartHandler handler) {
        return switch (message) {
            case SyncPart.Rows rows ->
                handler.apply(connection, event, rows)
                        .call(result -> ledger.count(connection, event.ksbId(), rows, result))
                        .chain(result -> outbox.add(connection, rejections(event.ksbId(), topic, rows, result)));
            case SyncPart.End end ->
                handler.end(connection, event, end)
                        .chain(() -> ledger.sum(connection, event.ksbId(), end))
                        .call(applied -> applied.received() == end.rows()
                                ? handler.arrived(connection, event, end)
                                : Uni.createFrom().voidItem())
                        .chain(applied -> outbox.add(connection, applied.event(event.ksbId())));
        };
    }

    private static List<Event> rejections(String ksbId, String topic, SyncPart.Rows rows, RowsResult result) {
        List<Event> events = new ArrayList<>();
        for (RowsResult.Rejected row : result.rejected()) {
            events.add(new Event(
                    Topics.deadLetters(topic),
                    RowsResult.RowRejected.TYPE,
                    ksbId,
                    rows.syncId().toString(),
                    new RowsResult.RowRejected(rows.syncId(), rows.part(), row.id(), row.reason(), row.row())));
        }
        if (!events.isEmpty()) {
            PoisonRows.count(PoisonRows.Kind.ROW, events.size());
            List<Integer> places =
                    result.rejected().stream().map(RowsResult.Rejected::place).toList();
            events.add(new RowsRejected(rows.syncId(), rows.part(), rows.reading(), rows.chunk(), places).event(ksbId));
        }
        return events;
    }

    private SyncPart message(String type, String value, SyncPartHandler handler) {
        SyncPart message = read(type, value);
        if (message == null || !handler.handles(message.part())) {
            throw new IllegalArgumentException("the part is missing or unknown");
        }
        return message;
    }

    private SyncPart read(String type, String value) {
        try {
            if (value == null) {
                throw new IllegalArgumentException("the message is empty");
            }
            if (type.equals(SyncPart.END)) {
                return json.readValue(value, SyncPart.End.class);
            }
            if (type.endsWith(SyncPart.ROWS_SUFFIX)) {
                return json.readValue(value, SyncPart.Rows.class);
            }
            throw new IllegalArgumentException("its type is not known");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not valid JSON of its type");
        }
    }
}
