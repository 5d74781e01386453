/**
 * One trace from a till's request to the sockets: the server's span, the outbox row, the header {@code traceparent} in Kafka, the
 * write at the gateway. Without {@code pos.traces.endpoint} there are no spans, and nothing here costs more than a look at null.
 *
 * <p>Any thread. Must not put anything into a span but names and ids.
 */
@CheckReturnValue
package uz.ksb.pos.platform.trace;

import com.google.errorprone.annotations.CheckReturnValue;
