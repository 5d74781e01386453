/**
 * {@code ./pos bench}: the figures that the system must reach, as ratios against a peer measured in the same run.
 *
 * <p>This process is the load generator. The measured processes are others: a stack of its own, started by
 * {@code ./pos up} with its data under {@code target/bench}.
 */
@CheckReturnValue
package uz.ksb.pos.benchmarks;

import com.google.errorprone.annotations.CheckReturnValue;
