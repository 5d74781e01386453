/**
 * Stores the enterprise and its licence, users with their settings, and the till's settings that a sync brings ({@code
 * pos.settings-updates.v1}; the platform's {@code syncpart} receives and answers).
 *
 * <p>Invariants: a message has its effect once (inbox, in the transaction of the effect); the back office repeats everything
 * in every sync, and only a field that it says anew changes anything, so what an ADMIN or the user set here stays until then;
 * rows of an older reading never undo a newer one; a bad row rejects itself only.
 *
 * <p>Threads: event loops only, one message of a partition at a time. Must not know where the rows come from.
 */
@CheckReturnValue
package uz.ksb.pos.settings.sync;

import com.google.errorprone.annotations.CheckReturnValue;
