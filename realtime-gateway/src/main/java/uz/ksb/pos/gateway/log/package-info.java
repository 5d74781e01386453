/**
 * Reads Kafka's log into the rings, and again for clients that are behind them.
 *
 * <p>Invariants: every node reads all partitions of all live topics by itself, without a consumer group. A log that lost its
 * tail or a topic that was made anew is noticed, and the rings start anew. Each piece of history is read once for all who
 * ask for it meanwhile.
 *
 * <p>Threads: one reader thread writes the rings; one thread reads history; one asks for leader epochs.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.log;

import com.google.errorprone.annotations.CheckReturnValue;
