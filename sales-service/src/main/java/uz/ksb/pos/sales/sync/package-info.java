/**
 * Stores the customers that a sync brings ({@code pos.customer-updates.v1}; the platform's {@code syncpart} receives and
 * answers), and sends the waiting sales when a sync begins.
 *
 * <p>Invariants: a message has its effect once (inbox, in the transaction of the effect).
 *
 * <p>Threads: event loops only, one message of a partition at a time. Must not know where the rows come from.
 */
@CheckReturnValue
package uz.ksb.pos.sales.sync;

import com.google.errorprone.annotations.CheckReturnValue;
