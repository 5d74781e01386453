/**
 * Sessions: a login on a device and the family of its refresh tokens.
 *
 * <p>Invariants: an earlier token gets the newest one until its successor was used, and a minute longer (an answer was lost, two
 * windows asked at once); a later reuse ends the family; a session of an earlier version of its user or device has ended for
 * good; only hashes are kept. {@code Session} decides without a database; {@code Sessions} holds the row meanwhile. On the event
 * loop. Must not know passwords.
 */
package uz.ksb.pos.settings.session;
