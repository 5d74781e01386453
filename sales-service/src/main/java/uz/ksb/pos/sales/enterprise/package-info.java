/**
 * An enterprise as a whole, as far as sales need it: its business day and its main currency. Threads: any; reading never
 * waits for the database.
 */
@CheckReturnValue
package uz.ksb.pos.sales.enterprise;

import com.google.errorprone.annotations.CheckReturnValue;
