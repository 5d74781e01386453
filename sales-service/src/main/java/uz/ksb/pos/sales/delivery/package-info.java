/**
 * Sends finished sales on to the back office: at once, the oldest first, until it has each exactly once.
 *
 * <p>Invariants: a sale is DELIVERED only by an answer that names it; the sale's id makes sending it again harmless, so
 * an unclear one is sent again; a refused sale waits for a person; one sale never blocks another, and no back office holds up
 * those of other enterprises. Of several replicas the one that holds an enterprise's lease sends. While a back office is away one call at a time probes it.
 *
 * <p>Threads: event loops. Only {@link uz.ksb.pos.sales.delivery.KsbMerpBackOffice} knows the
 * back office's words.
 */
@CheckReturnValue
package uz.ksb.pos.sales.delivery;

import com.google.errorprone.annotations.CheckReturnValue;
