/**
 * The tills that speak Socket.IO: puts the namespace {@code /} of {@code socketio} on the hub. A client is a subscriber like
 * those of {@code /ws}, with the same rings, positions, quotas, tokens and drain; only the form of what it hears differs.
 *
 * <p>Invariants: every event that a client is sent ends with its position, so that the library comes back with it; the same
 * {@code pid} is answered only if nothing is missing since then; a client is taken out of its namespace only when it must not
 * come back by itself (bad token, blocked), otherwise its transport is closed.
 *
 * <p>Threads: a client lives on the event loop of its session; tokens are verified elsewhere while it is not heard. Must not know
 * how packets travel.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.tillsocket;

import com.google.errorprone.annotations.CheckReturnValue;
