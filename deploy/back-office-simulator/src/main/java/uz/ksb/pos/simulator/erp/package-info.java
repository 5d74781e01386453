/**
 * KSB-MERP's HTTP contract, as far as it is known: every method of {@code /hs/ksbmerp_pos/{method}/ksb}.
 *
 * <p>Rows are written in the back office's own words and carry no version. Runs on the request's own thread; keeps
 * nothing itself: what must be remembered is in the state.
 */
package uz.ksb.pos.simulator.erp;
