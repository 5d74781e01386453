/**
 * How rows of a source get into the catalogue: read as they arrive, applied in chunks of one transaction each.
 *
 * <p>Invariants: a row that cannot be applied rejects itself only, and is kept; rows of one product are applied in the order in
 * which they came; a connection that breaks leaves whole chunks applied. Memory does not depend on how many rows there are.
 *
 * <p>Threads: one request stays on its event loop. Must not know how products are stored.
 */
@CheckReturnValue
package uz.ksb.pos.product.update;

import com.google.errorprone.annotations.CheckReturnValue;
