/**
 * Keeps processes alive: starts each part, sees it become ready, starts it again with growing pauses when it dies,
 * ends it politely, then by force.
 *
 * <p>Invariants: at most one process per part; a part that was told to stop is never started again; a process of an
 * earlier run is ended only if its pid file proves that it is ours (pid and start time agree).
 *
 * <p>Threads: one virtual thread per {@link uz.ksb.pos.local.supervision.Supervisor}; {@code stop} comes from the
 * shutdown hook. Knows nothing of what the parts are.
 */
package uz.ksb.pos.local.supervision;
