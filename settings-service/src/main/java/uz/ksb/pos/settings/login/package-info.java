/**
 * Logging in and staying logged in.
 *
 * <p>Invariants: nobody learns whether a login exists, neither by the answer nor by its time; an attempt is counted in the
 * database before its password is checked, so many at once, or on many replicas, are counted too; a refresh token is used
 * once (again within a short grace: a lost answer), and a later reuse ends its family; only hashes are kept. On the event
 * loop; no connection is held while a password is hashed.
 */
package uz.ksb.pos.settings.login;
