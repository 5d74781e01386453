/**
 * The arithmetic of a sale: line sums, discount split, currencies, cash rounding, what is paid and given back.
 *
 * <p>Pure functions, any thread. The till's client computes the same; both pass {@code golden/sale-arithmetic.json}. Must not
 * know what a sale is for, who may do what, or how it is stored.
 */
@CheckReturnValue
package uz.ksb.pos.sales.money;

import com.google.errorprone.annotations.CheckReturnValue;
