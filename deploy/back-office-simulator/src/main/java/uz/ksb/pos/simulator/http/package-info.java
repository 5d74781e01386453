/**
 * How an answer goes out, whole, in halves or not at all.
 *
 * <p>Each request is worked on by a virtual thread, which may wait for the state and for a slow reader; event loops only
 * carry bytes. A body is written as it is made, so a large catalogue needs no memory.
 */
package uz.ksb.pos.simulator.http;
