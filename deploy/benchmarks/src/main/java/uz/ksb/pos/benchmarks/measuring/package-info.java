/**
 * The method: two contenders alternate in one run, the median of the pairs' ratios counts, the load generator stays
 * below 80 % of a core. Knows nothing of what is measured.
 */
@CheckReturnValue
package uz.ksb.pos.benchmarks.measuring;

import com.google.errorprone.annotations.CheckReturnValue;
