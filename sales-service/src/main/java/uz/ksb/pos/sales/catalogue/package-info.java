/**
 * A copy of the catalogue by which sales are checked: prices and stock ({@code pos.products.v1}), and whether more may be sold
 * than is there ({@code enterprise.changed}). After a gap in the events, and at each start, it is compared with its owner.
 *
 * <p>Invariants: the newest {@code changeVersion} of a product wins, in whatever order events arrive; what was never told is
 * not judged. The last prices before the present ones are kept, because a till may have shown them. Stock is the value told
 * last, less what was sold that it cannot contain yet. Threads: event loops. Of a sale it knows what it took, and since when
 * the back office has it.
 */
@CheckReturnValue
package uz.ksb.pos.sales.catalogue;

import com.google.errorprone.annotations.CheckReturnValue;
