/**
 * The first content of an enterprise's 1C base: the built-in sample shop, a folder of CSV files, or nothing.
 *
 * <p>The same settings always give the same rows, ids and order. Everything here is immutable and may be read by any
 * thread. It knows nothing of HTTP, of tills, or of what was changed since.
 */
package uz.ksb.pos.simulator.shop;
