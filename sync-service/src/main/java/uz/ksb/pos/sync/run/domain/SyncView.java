package uz.ksb.pos.sync.run.domain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import uz.ksb.pos.platform.syncpart.PartApplied;
import uz.ksb.pos.platform.text.StorableText;

/**
 * A run as others see it.
 *
 * @param first the device's first: it starts no cooldown
 * @param nextAllowedAt when the device may start a run again; null: at once
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
    /** Rejected rows that are listed for a part. */
    public static final int MAX_REJECTED = PartApplied.MAX_REJECTED;

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
     * @param received rows that the back office offered
     * @param rejectedCount rows that were refused; they are not confirmed
     * @param rejected the first {@value #MAX_REJECTED} of them
     * @param reason why the part failed or is tried again, in English for those who mend it; null otherwise
     * @param reasonCode the same as one of a stable list, see the README: a client chooses its words by it; null without a reason
     */
    public record PartView(
            String part,
            PartState state,
            int received,
            int applied,
            int unchanged,
            int rejectedCount,
            List<RejectedRow> rejected,
            String reason,
            String reasonCode) {}

    /** A row that was refused; texts are cut to {@value #MAX_TEXT} characters. */
    public record RejectedRow(String id, String reason) {
        private static final int MAX_TEXT = 200;

        public RejectedRow {
            id = StorableText.quoted(cut(id));
            reason = StorableText.quoted(cut(reason));
        }

        private static String cut(String text) {
            return text == null || text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT - 1) + "…";
        }
    }
}
