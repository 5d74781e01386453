/**
 * Logging in and staying logged in.
 *
 * <p>Invariants: nobody learns whether a login exists, neither by the answer nor by its time; an attempt is counted in the
 * database before its password is checked. On the event loop; no connection is held while a password is hashed.
 */
package uz.ksb.pos.settings.login;
