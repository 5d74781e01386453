package uz.ksb.pos.settings.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.inbox.Inbox;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.settings.enterprise.EnterpriseImport;
import uz.ksb.pos.settings.sync.PartMessage.RejectedRow;

/** Takes one message: its rows, their count, the answer to the part's end and the inbox's note are one transaction. */
@ApplicationScoped
class PartReceiving {
    private static final String CONSUMER = "sync";

    private final Outbox outbox;
    private final Inbox inbox;
    private final RowReading reading;
    private final RowApplying applying;
    private final EnterpriseImport enterprises;

    PartReceiving(Outbox outbox, Inbox inbox, RowReading reading, RowApplying applying, EnterpriseImport enterprises) {
        this.outbox = outbox;
        this.inbox = inbox;
        this.reading = reading;
        this.applying = applying;
        this.enterprises = enterprises;
    }

    /** The rows of a message, read. */
    private record Rows(List<BackOfficeRow> good, List<RejectedRow> rejected) {}

    Uni<Void> receive(CloudEvent event, PartMessage message) {
        return outbox.inTransaction(connection ->
                        inbox.once(connection, event.id(), CONSUMER, () -> effect(connection, event.ksbId(), message)))
                .replaceWithVoid();
    }

    private Uni<Void> effect(SqlConnection connection, String ksbId, PartMessage message) {
        return switch (message) {
            case PartMessage.Rows rows -> rows(connection, ksbId, rows);
            case PartMessage.End end ->
                PartChunks.sum(connection, ksbId, end)
                        .chain(applied -> outbox.add(
                                connection,
                                new Event(
                                        Topics.SYNC,
                                        PartMessage.APPLIED,
                                        ksbId,
                                        end.syncId().toString(),
                                        applied)));
        };
    }

    private Uni<Void> rows(SqlConnection connection, String ksbId, PartMessage.Rows message) {
        Rows read = read(message);
        return BackOfficeSnapshot.advance(connection, ksbId, message.part(), version(message))
                .chain(current -> current
                        ? apply(connection, ksbId, read)
                        : Uni.createFrom().item(0))
                .chain(applied -> PartChunks.count(connection, ksbId, message, applied, rejected(read)))
                .chain(() -> outbox.add(connection, deadLetters(ksbId, message, read.rejected())));
    }

    /** A message for an enterprise that is not here has no effect: it is waited for by nobody here. */
    private Uni<Integer> apply(SqlConnection connection, String ksbId, Rows read) {
        return enterprises
                .lock(connection, ksbId)
                .chain(currency -> currency.isEmpty()
                        ? Uni.createFrom().item(0)
                        : applying.apply(connection, ksbId, currency.get(), read.good()));
    }

    private Rows read(PartMessage.Rows message) {
        List<BackOfficeRow> good = new ArrayList<>();
        List<RejectedRow> rejected = new ArrayList<>();
        for (JsonNode row : message.rows()) {
            try {
                good.add(reading.read(message.part(), row));
            } catch (IllegalArgumentException | Problem e) {
                rejected.add(new RejectedRow(row.path("id").asText(null), e.getMessage()));
            }
        }
        return new Rows(good, rejected);
    }

    /** All rows of a message are of one reading. */
    private static long version(PartMessage.Rows message) {
        return message.rows().stream()
                .mapToLong(row -> row.path("version").asLong())
                .max()
                .orElse(0);
    }

    private static JsonArray rejected(Rows read) {
        JsonArray array = new JsonArray();
        read.rejected()
                .forEach(row -> array.add(new JsonObject().put("id", row.id()).put("reason", row.reason())));
        return array;
    }

    private static List<Event> deadLetters(String ksbId, PartMessage.Rows message, List<RejectedRow> rejected) {
        return rejected.stream()
                .map(row -> new Event(
                        Topics.deadLetters(Topics.SETTINGS_UPDATES),
                        "row.rejected",
                        ksbId,
                        message.syncId().toString(),
                        row))
                .toList();
    }
}
