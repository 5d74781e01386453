package uz.ksb.pos.sync.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.platform.syncpart.SyncPart;
import uz.ksb.pos.sync.run.domain.Part;
import uz.ksb.pos.sync.run.domain.PartChunk;
import uz.ksb.pos.sync.run.domain.Run;
import uz.ksb.pos.sync.run.domain.SyncView;
import uz.ksb.pos.sync.run.store.PartRepository.Reading;

/** The events that sync-service writes; those of parts are {@link SyncPart}s. */
final class SyncEvents {
    static final String COMPLETED = "sync.completed";

    private SyncEvents() {}

    /** A run has begun: sales-service sends what waits and answers for the part {@code sales}. */
    record Requested(UUID syncId, String deviceId, boolean first) {}

    /** Carries counts only, because the CRM must learn nothing personal. */
    record Completed(UUID syncId, boolean first, Instant startedAt, Instant finishedAt, List<PartCount> parts) {}

    record PartCount(String part, int received, int applied, int unchanged, int rejected) {}

    static Event requested(Run run) {
        return sync("sync.requested", run, new Requested(run.id(), run.deviceId(), run.first()));
    }

    static Event rows(Run run, Part part, Reading reading, PartChunk chunk) {
        List<JsonNode> rows = chunk.offered().stream()
                .<JsonNode>map(row -> JsonNodeFactory.instance.rawValueNode(new RawValue(row.json())))
                .toList();
        return part(
                run,
                part,
                part.label() + SyncPart.ROWS_SUFFIX,
                new SyncPart.Rows(run.id(), part.label(), reading.number(), chunk.number(), rows, reading.at()));
    }

    static Event end(Run run, Part part, Reading reading, int chunks, int rows) {
        return part(
                run,
                part,
                SyncPart.END,
                new SyncPart.End(run.id(), part.label(), reading.number(), chunks, rows, reading.at()));
    }

    static Event progress(Run run, SyncView view) {
        return sync("sync.progress", run, view);
    }

    static Event failed(Run run, SyncView view) {
        return sync("sync.failed", run, view);
    }

    static Event completed(Run run, SyncView view) {
        return sync(
                COMPLETED,
                run,
                new Completed(
                        view.id(),
                        view.first(),
                        view.startedAt(),
                        view.finishedAt(),
                        view.parts().stream()
                                .map(part -> new PartCount(
                                        part.part(),
                                        part.received(),
                                        part.applied(),
                                        part.unchanged(),
                                        part.rejectedCount()))
                                .toList()));
    }

    private static Event sync(String type, Run run, Object data) {
        return new Event(Topics.SYNC, type, run.ksbId(), run.id().toString(), data);
    }

    private static Event part(Run run, Part part, String type, Object data) {
        return new Event(part.topic().orElseThrow(), type, run.ksbId(), run.id().toString(), data);
    }
}
