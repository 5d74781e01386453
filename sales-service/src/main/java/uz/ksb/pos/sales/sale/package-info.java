/**
 * A sale's use cases and its HTTP API: writing an open sale, finishing it, taking goods back, lists.
 *
 * <p>Each use case takes the lock of the sale's row, asks {@code sale.domain}, writes the new state ({@code sale.store}) and
 * adds event, totals, stock and balance in the same transaction ({@link uz.ksb.pos.sales.sale.SaleTransaction}).
 *
 * <p>Invariants: an id belongs to one sale for ever; the content of a finished sale never changes; a revision is written
 * once; returns never exceed their receipt, because each holds the receipt's lock. Threads: event loops. Must not know the
 * back office's words.
 */
@CheckReturnValue
package uz.ksb.pos.sales.sale;

import com.google.errorprone.annotations.CheckReturnValue;
