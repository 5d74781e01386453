/**
 * The tills: registered, admitted, blocked.
 *
 * <p>Invariants: the short code is unique within the enterprise and never given twice; a device token is shown once, kept as
 * a hash, and is itself a signed token that other services verify offline; at most 20 devices wait for approval. Blocking is
 * told at once. On the event loop. Must not know users or logins.
 */
package uz.ksb.pos.settings.device;
