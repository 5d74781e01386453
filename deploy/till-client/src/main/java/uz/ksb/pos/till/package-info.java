/**
 * A till as a Java program: the public API over one origin, logins that renew themselves, and the live connection. Used by
 * the launcher's replay, the system tests and the benchmarks. Must not know how any service works inside.
 */
package uz.ksb.pos.till;
