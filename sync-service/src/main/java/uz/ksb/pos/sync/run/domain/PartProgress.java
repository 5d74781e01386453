package uz.ksb.pos.sync.run.domain;

/**
 * How far the first open part of a run is.
 *
 * @param attempts tries that were begun since the last one that succeeded
 * @param due whether the pause before the next try is over
 * @param object the ERP's word for rows that wait for their confirmation; null: none wait
 * @param reason why the last try failed; null: it did not
 */
public record PartProgress(
        Part part, SyncView.PartState state, int attempts, boolean due, String object, FailureReason reason) {}
