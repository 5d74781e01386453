/**
 * Tries of secrets (passwords, PINs, client secrets) and their waits. An attempt is counted in the database before it is decided,
 * so that many at once, or on many replicas, are counted too. On the event loop. Must not know what is tried.
 */
package uz.ksb.pos.settings.throttle;
