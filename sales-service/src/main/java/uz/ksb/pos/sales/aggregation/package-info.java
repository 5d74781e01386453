/**
 * Adds up what transactions leave behind: a transaction inserts its change and waits for no other; an aggregator adds changes
 * to their sums afterwards. One change that cannot be added never stops the others.
 */
@CheckReturnValue
package uz.ksb.pos.sales.aggregation;

import com.google.errorprone.annotations.CheckReturnValue;
