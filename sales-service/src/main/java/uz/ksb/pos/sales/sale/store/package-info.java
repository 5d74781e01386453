/**
 * The table {@code sales}: all SQL on it. Threads: event loops.
 */
@CheckReturnValue
package uz.ksb.pos.sales.sale.store;

import com.google.errorprone.annotations.CheckReturnValue;
