/**
 * The content of a new database: the sample enterprises on a developer's machine, or an enterprise with its first ADMIN from
 * configuration.
 *
 * <p>Set-based SQL that adds only what is missing: repeating it, or two replicas doing it at once, changes nothing. On the
 * main thread, before the service is ready. A hash is computed only when what is stored was made from another password.
 */
package uz.ksb.pos.settings.bootstrap;
