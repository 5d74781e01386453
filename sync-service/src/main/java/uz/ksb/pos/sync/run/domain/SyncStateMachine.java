package uz.ksb.pos.sync.run.domain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import uz.ksb.pos.sync.run.domain.SyncView.PartState;

/**
 * Decides how a run goes on.
 *
 * <pre>
 * WAITING --read--> READING --all rows sent--> APPLYING --all rows arrived--> APPLIED --confirmed--> next part
 *    ^                 |                          |                              |
 *    +----pause--------+--------------------------+  some did not arrive         +-- pause, confirm again
 *                      too many tries: FAILED
 * </pre>
 */
public final class SyncStateMachine {
    private final List<Duration> pauses;

    /**
     * @param pauses before the second, third … try; when they are used up, a further failure ends the run
     */
    public SyncStateMachine(List<Duration> pauses) {
        this.pauses = List.copyOf(pauses);
    }

    /**
     * @param open the first part that is not applied and confirmed; empty: all are
     * @param overdue whether the run has taken longer than it may
     */
    public SyncStep next(Optional<PartProgress> open, boolean overdue) {
        if (open.isEmpty()) {
            return new SyncStep.Complete();
        }
        PartProgress part = open.get();
        if (overdue) {
            // The reason that its tries failed for says more.
            return new SyncStep.Fail(part.part(), part.reason() == null ? FailureReason.TOO_LONG : part.reason());
        }
        if (!part.due()) {
            return new SyncStep.Await();
        }
        return switch (part.state()) {
            case WAITING, READING ->
                part.part().topic().isEmpty()
                        ? new SyncStep.Await()
                        : begin(part, new SyncStep.Read(part.part(), part.attempts() + 1));
            case APPLYING -> new SyncStep.Await();
            case APPLIED -> begin(part, new SyncStep.Confirm(part.part(), part.attempts() + 1, part.object()));
            case FAILED -> failed(part);
        };
    }

    /** A try that ended with its process counts as well: otherwise one that kills the process would be tried for ever. */
    private SyncStep begin(PartProgress part, SyncStep step) {
        return part.attempts() > pauses.size() ? failed(part) : step;
    }

    private static SyncStep failed(PartProgress part) {
        return new SyncStep.Fail(part.part(), part.reason() == null ? FailureReason.NO_TRY_ENDED : part.reason());
    }

    /**
     * The pause after a failed try; none when it was the last one.
     *
     * @param tries counted from 1
     */
    public Duration pauseAfter(int tries) {
        return tries <= pauses.size() ? pauses.get(tries - 1) : Duration.ZERO;
    }

    /** Whether an answer for the part counts: it is answered once. */
    public static boolean awaitsAnswer(Part part, PartState state) {
        return state == (part.topic().isEmpty() ? PartState.WAITING : PartState.APPLYING);
    }

    /**
     * @param sent rows that were sent for the part
     * @param arrived rows that the receiver had at its end
     * @return why the part is not applied; empty: it is
     */
    public static Optional<FailureReason> missing(Part part, int sent, long arrived) {
        return part.topic().isEmpty() || sent == arrived
                ? Optional.empty()
                : Optional.of(FailureReason.rowsLost(arrived, sent));
    }
}
