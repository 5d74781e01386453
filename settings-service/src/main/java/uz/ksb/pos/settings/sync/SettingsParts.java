package uz.ksb.pos.settings.sync;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import uz.ksb.pos.platform.event.CloudEvent;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.platform.syncpart.RowsResult;
import uz.ksb.pos.platform.syncpart.SyncPart;
import uz.ksb.pos.platform.syncpart.SyncPartConsumer;
import uz.ksb.pos.platform.syncpart.SyncPartHandler;
import uz.ksb.pos.settings.enterprise.EnterpriseImport;

/** Stores the parts enterprise and settings. */
@ApplicationScoped
class SettingsParts implements SyncPartHandler {
    private static final String CHANNEL = "settings-updates";
    private static final String PERMISSION = "permission";

    private final SyncPartConsumer parts;
    private final RowReading reading;
    private final RowApplying applying;
    private final EnterpriseImport enterprises;

    SettingsParts(SyncPartConsumer parts, RowReading reading, RowApplying applying, EnterpriseImport enterprises) {
        this.parts = parts;
        this.reading = reading;
        this.applying = applying;
        this.enterprises = enterprises;
    }

    @Incoming(CHANNEL)
    Uni<Void> receive(ConsumerRecord<String, String> message) {
        return parts.receive(CHANNEL, message, this);
    }

    /** The part {@code permission} has no rows, only its end. */
    @Override
    public boolean handles(String part) {
        return PERMISSION.equals(part) || RowReading.ENTERPRISE.equals(part) || RowReading.SETTINGS.equals(part);
    }

    @Override
    public Uni<RowsResult> apply(SqlConnection connection, CloudEvent event, SyncPart.Rows message) {
        List<BackOfficeRow> good = new ArrayList<>();
        List<RowsResult.Rejected> rejected = new ArrayList<>();
        for (int place = 0; place < message.rows().size(); place++) {
            JsonNode row = message.rows().get(place);
            try {
                good.add(reading.read(message.part(), row));
            } catch (IllegalArgumentException | Problem e) {
                rejected.add(RowsResult.Rejected.of(place, row, e.getMessage()));
            }
        }
        return BackOfficeSnapshot.advance(connection, event.ksbId(), message.part(), version(message))
                .chain(current -> current
                        ? store(connection, event.ksbId(), good)
                        : Uni.createFrom().item(0))
                .map(applied -> new RowsResult(applied, rejected));
    }

    /** Rows for an unknown enterprise have no effect: nobody here waits for them. */
    private Uni<Integer> store(SqlConnection connection, String ksbId, List<BackOfficeRow> rows) {
        return enterprises
                .lock(connection, ksbId)
                .chain(currency -> currency.isEmpty()
                        ? Uni.createFrom().item(0)
                        : applying.apply(connection, ksbId, currency.get(), rows));
    }

    /** All rows of a message are of one reading. */
    private static long version(SyncPart.Rows message) {
        return message.rows().stream()
                .mapToLong(row -> row.path("version").asLong())
                .max()
                .orElse(0);
    }
}
