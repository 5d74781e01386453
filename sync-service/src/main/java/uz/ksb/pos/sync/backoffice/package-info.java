/**
 * The ERP as sync sees it: deltas to read and to confirm. Everything that only KSB-MERP knows stays behind
 * {@link uz.ksb.pos.sync.backoffice.BackOffice}. Threads: event loops; deltas are read on worker threads. Must not know runs or their state.
 */
@CheckReturnValue
package uz.ksb.pos.sync.backoffice;

import com.google.errorprone.annotations.CheckReturnValue;
