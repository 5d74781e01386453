/**
 * The transactional outbox: a change and its event are committed together, and a relay publishes the event afterwards.
 *
 * <p>Invariants: an event exists if and only if its change was committed; it is published at least once; the events of one
 * document are published in the order of its changes, provided that its lock is taken before the event is added. An event
 * that is published again, by a relay that took over, keeps its id: of all ids the first appearances are in order. There is no
 * cursor: what is visible is read, sent and deleted, so a transaction that commits late is never skipped.
 *
 * <p>Threads: {@link uz.ksb.pos.platform.outbox.Outbox} on the caller's event loop; the relay on a thread of its own, one per
 * service at a time, chosen by an advisory lock. Must not know what the events mean.
 */
@CheckReturnValue
package uz.ksb.pos.platform.outbox;

import com.google.errorprone.annotations.CheckReturnValue;
