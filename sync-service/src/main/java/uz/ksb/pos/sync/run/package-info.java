/**
 * A sync run: the back office's rows, part by part, into the ingestion topics; the answers of those who applied them; the
 * confirmation to the back office; the end.
 *
 * <p>Invariants: one running run per device; one reader per enterprise; a part is confirmed only after it was applied, and
 * without its rejected rows; a run ends once. All state is in the database: whichever replica lives goes on. Rows carry a
 * version drawn when their reading began, so that a late run never writes over a newer one.
 *
 * <p>Threads: event loops only. Must not know the ERP's words ({@code backoffice}) or the CRM's protocol ({@code crm}).
 */
@CheckReturnValue
package uz.ksb.pos.sync.run;

import com.google.errorprone.annotations.CheckReturnValue;
