/**
 * What sales are measured by: prices and stock as {@code pos.products.v1} told them last, and whether more may be sold than
 * is there ({@code enterprise.changed}).
 *
 * <p>Invariants: the newest {@code changeVersion} of a product wins, in whatever order events arrive; what was never told is
 * not judged. The last prices before the present ones are kept, because a till may have shown them. Stock is the value told
 * last, less what was sold that it cannot contain yet. Threads: event loops. Of a sale it knows what it took, and since when
 * the back office has it.
 */
@CheckReturnValue
package uz.ksb.pos.sales.catalogue;

import com.google.errorprone.annotations.CheckReturnValue;
