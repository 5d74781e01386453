/**
 * Saving sales, against pgbench that executes the same SQL on the same PostgreSQL, in a database with the same schema.
 *
 * <p>The scripts repeat by hand what {@code SaleRepository}, {@code TotalsAggregator} and {@code Outbox} execute; whoever
 * changes those changes these. The rows and events that pgbench writes are taken from a sale that the service has made.
 */
@CheckReturnValue
package uz.ksb.pos.benchmarks.sales;

import com.google.errorprone.annotations.CheckReturnValue;
