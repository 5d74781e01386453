/**
 * A sale's life: open, completed or in the trash; returns; what is asked about sales.
 *
 * <p>The domain ({@link uz.ksb.pos.sales.sale.Sale} and its states, {@link uz.ksb.pos.sales.sale.SaleContent}, the rules) is
 * pure: methods keep the rules and return what happened. Around it a thin reactive shell takes the lock of the row, asks the
 * domain, writes the state and adds event, totals and balance in the same transaction.
 *
 * <p>Invariants: an id belongs to one sale for ever; a finished sale's content never changes; a revision is written once; a
 * return by a receipt never exceeds what was sold, because it holds the lock of what was sold. Threads: event loops. Must
 * not know the back office's words.
 */
@CheckReturnValue
package uz.ksb.pos.sales.sale;

import com.google.errorprone.annotations.CheckReturnValue;
