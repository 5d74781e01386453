/**
 * The tills: registered, admitted, blocked.
 *
 * <p>Invariants: the short code is unique within the enterprise and never given twice; a device token is a signed token that every
 * service verifies by itself, and is stored nowhere; at most 20 devices of an enterprise and 5 of an address wait for approval, for
 * 24 hours at most. Every change is told at once. On the event loop. Must not know users or logins.
 */
package uz.ksb.pos.settings.device;
