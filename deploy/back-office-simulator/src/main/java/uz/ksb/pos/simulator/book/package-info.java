/**
 * What the simulated back office and CRM remember: sales, confirmations, changes and the CRM's requests.
 *
 * <p>Invariants: whatever a caller was told is in the journal and on the disk before the caller hears of it, so a kill -9
 * forgets nothing; a document is kept once; what a device has not confirmed is offered to it again. A confirmation is
 * by id alone, as in 1C: it also takes away a change made since the read.
 *
 * <p>Threads: one thread of the {@link uz.ksb.pos.simulator.book.Book} decides and writes everything, many answers to one
 * fsync; callers wait for it and must not be event loops. It knows nothing of HTTP and of faults.
 */
package uz.ksb.pos.simulator.book;
