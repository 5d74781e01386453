/**
 * The currency rates of an enterprise: main-currency units for one unit of the other.
 *
 * <p>Invariants: the newest rate of a currency is the valid one, whoever set it; every rate is kept with who set it and when; a
 * rate that changes nothing is not stored. Rates of one enterprise change one after the other, under a lock.
 *
 * <p>Threads: event loops only. Must not know products.
 */
@CheckReturnValue
package uz.ksb.pos.product.rate;

import com.google.errorprone.annotations.CheckReturnValue;
