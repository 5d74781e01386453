/**
 * Plays a real shop's files through the running system, as its tills and its back office would, and compares the
 * totals.
 *
 * <p>Invariants: the whole folder is read and checked before anything is sent. Every id is derived from the files, so
 * sending again, in this run or a later one, doubles nothing. Once the first answer has come, trouble on the way is
 * waited out for ever; only a refusal ends the replay.
 *
 * <p>Threads: one (virtual) thread per till; {@link uz.ksb.pos.local.replay.server.Server} and
 * {@link uz.ksb.pos.local.replay.server.Session} are shared by them.
 *
 * <p>It knows the public API only: no service, no database, no topic.
 */
package uz.ksb.pos.local.replay;
