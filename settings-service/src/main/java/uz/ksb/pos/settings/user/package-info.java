/**
 * The people of an enterprise: login, role, password, whether they may work.
 *
 * <p>Invariants: a login is unique within the enterprise, whatever its case; a user is never deleted, only disabled, and that
 * is told; setting a password ends the sessions that began with the old one. On the event loop, hashes elsewhere. Must not
 * know devices or tokens.
 */
package uz.ksb.pos.settings.user;
