/**
 * The last events of each enterprise, as one ring of encoded frames per enterprise.
 *
 * <p>Invariants: a ring holds the enterprise's events in the order this node read them, each event id once, each topic in
 * the order of its offsets; what a ring has let go is known per topic ({@link uz.ksb.pos.gateway.rings.Ring#lost}), so
 * whether a position can be resumed is never guessed. Older events are read again from Kafka in pieces
 * ({@link uz.ksb.pos.gateway.rings.History}) by the same rules. A frame is encoded once and never changes.
 *
 * <p>Threads: one reader thread writes all rings, another one reads history; any thread reads what they made without
 * locks. Must not know who is connected.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.rings;

import com.google.errorprone.annotations.CheckReturnValue;
