/**
 * How tills load the catalogue and catch up: the products in the order of their change versions.
 *
 * <p>Invariants: whoever has applied everything up to a version misses nothing that has a lower one, whoever writes meanwhile.
 *
 * <p>Threads: event loops only. Must not know what changes a product.
 */
@CheckReturnValue
package uz.ksb.pos.product.feed;

import com.google.errorprone.annotations.CheckReturnValue;
