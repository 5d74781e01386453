/**
 * Compares one business day in three places: the numbers that the tills took, the sales that the server has, and the documents that the
 * back office has. Each difference is named, with one action.
 *
 * <p>Invariants: it only reads; its size has a limit, and what is beyond it is counted. Threads: event loops. Must not know how a
 * difference is mended.
 */
@CheckReturnValue
package uz.ksb.pos.sales.reconciliation;

import com.google.errorprone.annotations.CheckReturnValue;
