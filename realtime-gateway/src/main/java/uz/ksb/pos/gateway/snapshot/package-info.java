/**
 * The present value of a state channel, fetched from the service that owns it with the subscriber's own token: the owner
 * decides what the subscriber may see. An enterprise reads a few at a time, so that it does not hold up another. Any thread.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.snapshot;

import com.google.errorprone.annotations.CheckReturnValue;
