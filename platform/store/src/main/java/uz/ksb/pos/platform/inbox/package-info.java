/**
 * The consumer's side of at-least-once delivery: {@code ce_id} is noted in the transaction of the event's effect.
 *
 * <p>Must not know Kafka or what the events mean.
 */
@CheckReturnValue
package uz.ksb.pos.platform.inbox;

import com.google.errorprone.annotations.CheckReturnValue;
