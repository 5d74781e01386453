/**
 * The ERP as sync sees it: deltas to read and to confirm. Everything that only KSB-MERP knows stays behind
 * {@link uz.ksb.pos.sync.backoffice.BackOffice}. Threads: event loops only. Must not know runs or their state.
 */
@CheckReturnValue
package uz.ksb.pos.sync.backoffice;

import com.google.errorprone.annotations.CheckReturnValue;
