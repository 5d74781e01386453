/**
 * The way to the other services, for copies that lack something. Threads: event loops and those of the HTTP client. Must not
 * be used by a request of a till: services do not call each other to answer.
 */
@CheckReturnValue
package uz.ksb.pos.sales.peer;

import com.google.errorprone.annotations.CheckReturnValue;
