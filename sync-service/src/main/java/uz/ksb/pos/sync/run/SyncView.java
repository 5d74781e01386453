package uz.ksb.pos.sync.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A run as others see it.
 *
 * @param first the device's first: it starts no cooldown
 * @param nextAllowedAt when the device may press Sync again; null: at once
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SyncView(
        UUID id,
        Status status,
        boolean first,
        List<PartView> parts,
        Instant startedAt,
        Instant finishedAt,
        Instant nextAllowedAt) {

    /** How a run stands. */
    public enum Status {
        RUNNING,
        COMPLETED,
        FAILED,
        CANCELLED
    }

    /** How one part of a run stands. */
    public enum PartState {
        WAITING,
        READING,
        APPLYING,
        APPLIED,
        FAILED
    }

    /**
     * @param received rows read from the back office
     * @param rejected rows that the receiver refused, with its reasons; they are not confirmed
     * @param reason why the part failed or is tried again; null otherwise
     */
    public record PartView(
            String part,
            PartState state,
            int received,
            int applied,
            int unchanged,
            List<RejectedRow> rejected,
            String reason) {}

    /** A row that was refused. */
    public record RejectedRow(String id, String reason) {}
}
