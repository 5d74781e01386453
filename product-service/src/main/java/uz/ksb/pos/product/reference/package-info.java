/**
 * The dictionaries that products and sales point into: units, warehouses, price types, cash desks, currencies.
 *
 * <p>Invariants: an item is changed only by a newer version of it with other content; it is never removed (archived and
 * deleted are marks), so what once was known stays known.
 *
 * <p>Threads: event loops only. Must not know products.
 */
@CheckReturnValue
package uz.ksb.pos.product.reference;

import com.google.errorprone.annotations.CheckReturnValue;
