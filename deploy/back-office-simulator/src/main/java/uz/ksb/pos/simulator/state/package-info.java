/**
 * The memory of the simulated back office and CRM: sales, confirmations, changes and the CRM's requests.
 *
 * <p>Invariants: an answer is in the journal and on the disk before the caller gets it, so a kill -9 forgets nothing. A
 * document is kept once. A row that a device has not confirmed is offered to it again. A confirmation is by id alone, as in
 * 1C: it also takes away a change made since the read.
 *
 * <p>Threads: one thread, that of the {@link uz.ksb.pos.simulator.state.JournalThread}, decides and writes everything, many
 * answers to one fsync. Callers wait for it and must not be event loops. Must not know HTTP nor faults.
 */
package uz.ksb.pos.simulator.state;
