/**
 * Passwords and client secrets as Argon2id hashes. A hash costs memory and tens of milliseconds by intent: it runs on a few
 * threads of its own and never holds a connection or an event loop meanwhile. Must not know whose password it is.
 */
package uz.ksb.pos.settings.password;
