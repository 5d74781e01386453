/**
 * The client of KSB-MERP, the enterprises' 1C base: {@code {base}/hs/ksbmerp_pos/{method}/ksb?text=pos&ksb_id=…&device_id=…}
 * with HTTP Basic. Services translate its rows behind interfaces of their own; this package knows how to ask.
 *
 * <p>Invariants: address and login come from the configuration alone and go to that address alone, so redirects are not
 * followed; every call ends within its time, every answer is limited in bytes; each failure is a {@link
 * uz.ksb.pos.platform.ksbmerp.BackOfficeFailure} with a reason for people, without any secret.
 *
 * <p>Threads: results come in the Vert.x context of the caller; answers are parsed on worker threads.
 */
@CheckReturnValue
package uz.ksb.pos.platform.ksbmerp;

import com.google.errorprone.annotations.CheckReturnValue;
