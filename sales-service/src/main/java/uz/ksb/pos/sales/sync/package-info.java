/**
 * The part of a sync that concerns sales: customers from {@code pos.customer-updates.v1}, and the request to send undelivered
 * sales.
 *
 * <p>Invariants: a message has its effect once (inbox, in the transaction of the effect); a message that fails for a passing
 * reason waits and is not skipped; one that cannot be understood goes to the dead letters. A bad row rejects itself only.
 *
 * <p>Threads: event loops only, one message of a partition at a time. Must not know where the rows come from.
 */
@CheckReturnValue
package uz.ksb.pos.sales.sync;

import com.google.errorprone.annotations.CheckReturnValue;
