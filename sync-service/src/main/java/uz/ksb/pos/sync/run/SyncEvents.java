package uz.ksb.pos.sync.run;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.event.Event;
import uz.ksb.pos.platform.event.Topics;

/** What sync tells others and what it is told: the data of its events. */
final class SyncEvents {
    static final String PART_APPLIED = "sync.part-applied";
    static final String COMPLETED = "sync.completed";

    private SyncEvents() {}

    /** A run has begun: sales-service sends what waits and answers for the part {@code sales}. */
    record Requested(UUID syncId, String deviceId, boolean first) {}

    /**
     * Some rows of a part. A chunk sent again replaces the one before.
     *
     * @param chunk counts from 1
     * @param readAt when the back office began to be read for them: what it got later they cannot contain
     */
    record Rows(UUID syncId, String part, int chunk, List<JsonNode> rows, Instant readAt) {}

    /** All chunks of a part are in the topic. */
    record PartEnd(UUID syncId, String part, int chunks, int rows, Instant readAt) {}

    /** The answer of whoever applied a part. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PartApplied(
            UUID syncId, String part, int received, int applied, int unchanged, List<SyncView.RejectedRow> rejected) {}

    /** Counts only: the CRM learns nothing personal. */
    record Completed(UUID syncId, boolean first, Instant startedAt, Instant finishedAt, List<PartCount> parts) {}

    record PartCount(String part, int received, int applied, int unchanged, int rejected) {}

    static Event requested(Run run) {
        return sync("sync.requested", run, new Requested(run.id(), run.deviceId(), run.first()));
    }

    static Event rows(Run run, Part part, int chunk, List<JsonNode> rows, Instant readAt) {
        return part(run, part, part.label() + ".rows", new Rows(run.id(), part.label(), chunk, rows, readAt));
    }

    static Event end(Run run, Part part, int chunks, int rows, Instant readAt) {
        return part(run, part, "part.end", new PartEnd(run.id(), part.label(), chunks, rows, readAt));
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
                                        part.rejected().size()))
                                .toList()));
    }

    private static Event sync(String type, Run run, Object data) {
        return new Event(Topics.SYNC, type, run.ksbId(), run.id().toString(), data);
    }

    private static Event part(Run run, Part part, String type, Object data) {
        return new Event(part.topic().orElseThrow(), type, run.ksbId(), run.id().toString(), data);
    }
}
