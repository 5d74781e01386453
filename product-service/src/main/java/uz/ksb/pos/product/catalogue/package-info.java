/**
 * The products of each enterprise: how a row of the source becomes a product, what it changes, and how it is read again.
 *
 * <p>Invariants: every change of a product takes the next {@code changeVersion} of its enterprise, under a lock that is held
 * until the commit; so whoever has read up to a version can never be given a lower one later. A row changes something only if
 * its source's version is newer and its content differs. The purchase price is in neither feed, lists nor events.
 *
 * <p>Threads: event loops only; the rules ({@link uz.ksb.pos.product.catalogue.ProductParser},
 * {@link uz.ksb.pos.product.catalogue.RowOutcome}) are pure. Must not know where rows come from, nor what is done with rejected
 * ones.
 */
@CheckReturnValue
package uz.ksb.pos.product.catalogue;

import com.google.errorprone.annotations.CheckReturnValue;
