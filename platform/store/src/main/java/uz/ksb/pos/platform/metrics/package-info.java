/**
 * Figures for operators that every service with a database has: rows set apart, the database itself, and the certificate of the
 * public address.
 *
 * <p>Any thread. A label has few values, all of them known at the start: a counter that is born with its first event shows no rise.
 * Must not know the meaning of any row.
 */
@CheckReturnValue
package uz.ksb.pos.platform.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
