/**
 * The quantities that sales took and the back office's stock cannot contain yet: not delivered, or delivered after that stock
 * began to be read.
 *
 * <p>Invariants: a sale counts once, however often and in whatever order its events come; what is to be subtracted of a product
 * is the sum of its rows, whichever transaction reads it.
 *
 * <p>Threads: event loops only. Must not know products nor where the events come from.
 */
@CheckReturnValue
package uz.ksb.pos.product.sold;

import com.google.errorprone.annotations.CheckReturnValue;
