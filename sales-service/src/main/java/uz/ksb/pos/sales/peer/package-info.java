/**
 * The way to the other services, and the comparison of the copies of what they decide with what they say now. Threads: event loops
 * and those of the HTTP client. Must not be used by a request of a till: services do not call each other to answer.
 */
@CheckReturnValue
package uz.ksb.pos.sales.peer;

import com.google.errorprone.annotations.CheckReturnValue;
