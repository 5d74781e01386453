/**
 * The totals of each enterprise and business day, always live and always equal to a plain sum over the sales.
 *
 * <p>A transaction that changes a figure leaves its difference in {@code total_changes}; the aggregator adds those rows
 * to {@code day_totals} and publishes the totals. A read is the day's rows plus the changes not yet added, in one statement: exact at once,
 * and no row on the write path is hot. The version counts the changes of the enterprise, so a later state has a higher one.
 *
 * <p>Threads: event loops; one aggregation at a time per database, by an advisory lock of its transaction. Must not know what a
 * sale or a customer is.
 */
@CheckReturnValue
package uz.ksb.pos.sales.totals;

import com.google.errorprone.annotations.CheckReturnValue;
