/**
 * The settings of users and devices: one document each, written only when its content differs (B2).
 *
 * <p>Invariants: equal content, whatever its order or form of numbers, writes no row, takes no version and sends no event; a
 * change and its event are one transaction; the database alone decides between two writers (guarded upsert). No document yet
 * is version 0 with default content. On the event loop, reads and compares without a lock.
 */
package uz.ksb.pos.settings.settings;
