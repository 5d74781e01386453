/**
 * The targets of settings-service: a write of settings that changes nothing costs little more than reading them, and a login
 * little more than its password hash.
 */
package uz.ksb.pos.benchmarks.settings;
