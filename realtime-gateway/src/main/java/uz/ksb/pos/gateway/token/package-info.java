/**
 * Tokens that clients show: verified once and remembered, and refused from the moment when their device is blocked or their
 * user disabled. Any thread; keys are fetched on worker threads.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.token;

import com.google.errorprone.annotations.CheckReturnValue;
