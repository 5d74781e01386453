/** The system that is measured, as {@code ./pos up} starts it, and the tools of the peers: its PostgreSQL and pgbench. */
@CheckReturnValue
package uz.ksb.pos.benchmarks.stack;

import com.google.errorprone.annotations.CheckReturnValue;
