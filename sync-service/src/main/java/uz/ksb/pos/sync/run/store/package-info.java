/** Runs, their parts and the leases of their readers in the database. Every statement is bound to one enterprise or one run. */
@CheckReturnValue
package uz.ksb.pos.sync.run.store;

import com.google.errorprone.annotations.CheckReturnValue;
