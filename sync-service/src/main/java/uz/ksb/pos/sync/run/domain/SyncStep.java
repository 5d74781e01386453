package uz.ksb.pos.sync.run.domain;

/** The next thing that a run has to do. */
public sealed interface SyncStep {
    /** All parts are applied and confirmed. */
    record Complete() implements SyncStep {}

    /** The run ends as failed. */
    record Fail(Part part, FailureReason reason) implements SyncStep {}

    /** Somebody else has to answer first, or a pause has to end. */
    record Await() implements SyncStep {}

    /**
     * The back office has to be read for the part.
     *
     * @param tries counted from 1
     */
    record Read(Part part, int tries) implements SyncStep {}

    /**
     * Applied rows have to be confirmed.
     *
     * @param tries counted from 1
     */
    record Confirm(Part part, int tries, String object) implements SyncStep {}
}
