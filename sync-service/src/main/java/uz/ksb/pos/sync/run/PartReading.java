package uz.ksb.pos.sync.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.platform.outbox.Outbox;
import uz.ksb.pos.sync.backoffice.BackOffice;
import uz.ksb.pos.sync.backoffice.BackOffice.Delta;

/** Brings the rows of one part from the back office into the ingestion topic. */
@ApplicationScoped
class PartReading {
    static final int MAX_ROWS = 500;
    static final int MAX_BYTES = 500 * 1024;

    private final SyncRepository syncs;
    private final Outbox outbox;
    private final BackOffice backOffice;

    PartReading(SyncRepository syncs, Outbox outbox, BackOffice backOffice) {
        this.syncs = syncs;
        this.outbox = outbox;
        this.backOffice = backOffice;
    }

    Uni<Void> read(Run run, Part part) {
        return syncs.beginReading(run, part).chain(reading -> backOffice
                .read(run.ksbId(), run.deviceId(), part.label(), reading.version())
                .chain(delta -> publish(run, part, delta, reading.at())));
    }

    /** Each chunk in a transaction of its own, so that none is long; only the last one makes the part await its answer. */
    private Uni<Void> publish(Run run, Part part, Delta delta, Instant readAt) {
        List<List<JsonNode>> chunks = chunks(delta.rows());
        return Multi.createFrom()
                .range(0, chunks.size())
                .onItem()
                .transformToUniAndConcatenate(index -> outbox.inTransaction(connection ->
                        outbox.add(connection, SyncEvents.rows(run, part, index + 1, chunks.get(index), readAt))))
                .collect()
                .last()
                .chain(() ->
                        outbox.inTransaction(connection -> end(connection, run, part, delta, chunks.size(), readAt)));
    }

    private Uni<Void> end(SqlConnection connection, Run run, Part part, Delta delta, int chunks, Instant readAt) {
        int received = delta.rows().size();
        return syncs.awaitAnswer(connection, run, part, received, delta.confirmation())
                .chain(() -> syncs.view(connection, run))
                .chain(view -> outbox.add(
                        connection,
                        List.of(SyncEvents.end(run, part, chunks, received, readAt), SyncEvents.progress(run, view))));
    }

    static List<List<JsonNode>> chunks(List<JsonNode> rows) {
        List<List<JsonNode>> chunks = new ArrayList<>();
        List<JsonNode> chunk = new ArrayList<>();
        int bytes = 0;
        for (JsonNode row : rows) {
            int size = row.toString().getBytes(StandardCharsets.UTF_8).length + 1;
            if (!chunk.isEmpty() && (chunk.size() == MAX_ROWS || bytes + size > MAX_BYTES)) {
                chunks.add(chunk);
                chunk = new ArrayList<>();
                bytes = 0;
            }
            chunk.add(row);
            bytes += size;
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }
}
