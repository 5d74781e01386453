/**
 * The states of a sale (open, completed, trashed), its events and its view. Methods keep the rules and return the event.
 *
 * <p>Pure and synchronous: no framework, any thread.
 */
@CheckReturnValue
package uz.ksb.pos.sales.sale.domain;

import com.google.errorprone.annotations.CheckReturnValue;
