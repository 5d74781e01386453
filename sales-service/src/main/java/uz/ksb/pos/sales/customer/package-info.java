/**
 * The enterprise's customers and what they owe or are owed.
 *
 * <p>A balance is the back office's value plus our movements; a movement and its balance are one transaction, and the same
 * movement twice moves nothing. Threads: event loops. Must not know what a sale is.
 */
@CheckReturnValue
package uz.ksb.pos.sales.customer;

import com.google.errorprone.annotations.CheckReturnValue;
