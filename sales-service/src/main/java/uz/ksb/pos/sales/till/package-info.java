/**
 * The tills of an enterprise: what each one last told of itself, and whether the server has all that it sold. Together they say
 * whether the day's sum is whole.
 *
 * <p>Invariants: a till's row changes under its lock, together with its event; nothing is published when only the time of contact
 * moved; whoever reports is an approved till of the enterprise. A till's words are about itself: its numbers are compared with
 * the sales that the server has. Threads: event loops. Must not know how a sale is finished or delivered.
 */
@CheckReturnValue
package uz.ksb.pos.sales.till;

import com.google.errorprone.annotations.CheckReturnValue;
