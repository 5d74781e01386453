/**
 * A till as far as it is known, and whether it leaves the day's sum whole. Pure functions, any thread. Must not know how a report
 * comes in or where it is kept.
 */
@CheckReturnValue
package uz.ksb.pos.sales.till.domain;

import com.google.errorprone.annotations.CheckReturnValue;
