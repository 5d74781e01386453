/**
 * Finished sales that tills made offline: taken over in batches, each on its own, never refused, never doubled.
 *
 * <p>Invariants: what was paid is stored; the same sale once more answers {@code replayed}; another content under the same
 * id is kept as a conflict until someone decides; what cannot be read is kept raw. One bad sale spoils no other: what the
 * whole batch fails on is tried one by one. Threads: reading on a worker, the rest on event loops.
 */
@CheckReturnValue
package uz.ksb.pos.sales.batch;

import com.google.errorprone.annotations.CheckReturnValue;
