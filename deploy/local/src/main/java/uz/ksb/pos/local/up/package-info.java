/**
 * {@code ./pos up}: PostgreSQL, Kafka, the services and the one origin as one system on this machine.
 *
 * <p>Invariants: nothing is started before every port is known to be free; one {@code up} per checkout; all data and
 * secrets are in {@code .pos/}; no secret stands on a command line; nothing outlives the launcher for long.
 *
 * <p>Threads: the main thread starts and then waits; the shutdown hook stops. Must not know what the services do.
 */
package uz.ksb.pos.local.up;
