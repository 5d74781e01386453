/**
 * Receives the parts of a sync: the rows that sync-service read from the back office, and the answer to the end of each part.
 *
 * <p>Invariants: a message has its effect once, because the rows, their count in the ledger, the answer and the note in the inbox
 * are one transaction. A bad row rejects itself only. A message that cannot be understood, or that fails for good, goes to the
 * dead letters; then fewer rows are told as received than were sent, and sync-service confirms nothing of that part.
 *
 * <p>Threads: event loops only, one message of a partition at a time. Must not know what the rows mean: each service has a {@link
 * uz.ksb.pos.platform.syncpart.SyncPartHandler}.
 */
@CheckReturnValue
package uz.ksb.pos.platform.syncpart;

import com.google.errorprone.annotations.CheckReturnValue;
