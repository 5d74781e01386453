/**
 * The clean-up of sales that were opened and left empty.
 *
 * <p>Every two days those that are open, without lines and payments, and untouched for a while are deleted, in batches; tills
 * that show one are told. The last run and the log of all runs are in the database: however often processes start, and
 * however many there are, a run is neither skipped nor doubled, and one that was killed is gone on with.
 *
 * <p>Threads: event loops. A batch skips sales that somebody holds and looks at the others under their lock, so a till that
 * adds a line at that moment keeps its sale. Must not know totals, customers or the back office: an empty sale has no part
 * in them.
 */
@CheckReturnValue
package uz.ksb.pos.sales.cleanup;

import com.google.errorprone.annotations.CheckReturnValue;
