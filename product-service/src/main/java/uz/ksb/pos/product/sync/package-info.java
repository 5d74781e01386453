/**
 * What sync-service read from the back office: rows of products, reference data and rates from {@code pos.product-updates.v1},
 * and the answer to the end of each part.
 *
 * <p>Invariants: a message has its effect once, however often it comes (inbox, in the transaction of the effect); a message that
 * fails for a passing reason is tried until it succeeds, and those after it wait; one that cannot be understood goes to the dead
 * letters. A bad row rejects itself only.
 *
 * <p>Threads: event loops only, one message at a time. Must not know where the back office's rows come from.
 */
@CheckReturnValue
package uz.ksb.pos.product.sync;

import com.google.errorprone.annotations.CheckReturnValue;
