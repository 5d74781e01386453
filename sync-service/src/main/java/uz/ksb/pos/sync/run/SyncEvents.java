package uz.ksb.pos.sync.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.util.RawValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;
import uz.ksb.pos.sync.run.domain.Part;
import uz.ksb.pos.sync.run.domain.PartChunk;
import uz.ksb.pos.sync.run.domain.Run;
import uz.ksb.pos.sync.run.domain.SyncView;
import uz.ksb.pos.sync.run.store.PartRepository.Reading;

/** The data of the events that sync-service writes and reads. */
final class SyncEvents {
    static final String PART_APPLIED = "sync.part-applied";
    static final String ROWS_REJECTED = "sync.rows-rejected";
    static final String COMPLETED = "sync.completed";

    private SyncEvents() {}

    /** A run has begun: sales-service sends what waits and answers for the part {@code sales}. */
    record Requested(UUID syncId, String deviceId, boolean first) {}

    /**
     * Some rows of a part. A chunk sent again replaces the one before.
     *
     * @param reading rises with each reading of the back office; chunks of an earlier one no longer count
     * @param chunk counted from 1
     * @param readAt when the back office began to be read for them: what it got later they cannot contain
     */
    record Rows(UUID syncId, String part, long reading, int chunk, List<RawValue> rows, Instant readAt) {}

    /** All chunks of a part are in the topic. */
    record PartEnd(UUID syncId, String part, long reading, int chunks, int rows, Instant readAt) {}

    /**
     * The answer of the service that applied a part.
     *
     * @param received rows that arrived
     * @param rejected the first 100 of them
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PartApplied(
            UUID syncId,
            String part,
            int received,
            int applied,
            int unchanged,
            int rejectedCount,
            List<SyncView.RejectedRow> rejected) {
        PartApplied {
            List<SyncView.RejectedRow> listed = rejected == null ? List.of() : rejected;
            rejectedCount = Math.max(rejectedCount, listed.size());
            rejected = listed.stream().limit(SyncView.MAX_REJECTED).toList();
        }
    }

    /**
     * The service that applies a part rejected rows of a chunk.
     *
     * @param places in the chunk's rows, counted from 0
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record RowsRejected(UUID syncId, String part, long reading, int chunk, List<Integer> places) {
        RowsRejected {
            places = places == null ? List.of() : places;
        }
    }

    /** Counts only: the CRM learns nothing personal. */
    record Completed(UUID syncId, boolean first, Instant startedAt, Instant finishedAt, List<PartCount> parts) {}

    record PartCount(String part, int received, int applied, int unchanged, int rejected) {}

    static Event requested(Run run) {
        return sync("sync.requested", run, new Requested(run.id(), run.deviceId(), run.first()));
    }

    static Event rows(Run run, Part part, Reading reading, PartChunk chunk) {
        List<RawValue> rows =
                chunk.offered().stream().map(row -> new RawValue(row.json())).toList();
        return part(
                run,
                part,
                part.label() + ".rows",
                new Rows(run.id(), part.label(), reading.number(), chunk.number(), rows, reading.at()));
    }

    static Event end(Run run, Part part, Reading reading, int chunks, int rows) {
        return part(
                run,
                part,
                "part.end",
                new PartEnd(run.id(), part.label(), reading.number(), chunks, rows, reading.at()));
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
