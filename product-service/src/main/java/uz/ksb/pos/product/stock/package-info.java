/**
 * The shown stock follows the sales: {@code pos.sales.v1} is read, and soon afterwards the products that were sold are shown with
 * less.
 *
 * <p>Invariants: an event that comes again, or late, changes nothing; an enterprise whose catalogue is being written keeps no other
 * waiting; however many sales arrive, a product is written and told of a few times a second at most.
 *
 * <p>Threads: event loops only.
 */
@CheckReturnValue
package uz.ksb.pos.product.stock;

import com.google.errorprone.annotations.CheckReturnValue;
