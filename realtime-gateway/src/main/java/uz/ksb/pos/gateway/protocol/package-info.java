/**
 * The live protocol: channels, messages both ways, positions, close codes. Source: docs of {@code /ws}, subprotocol
 * {@code pos.v1}.
 *
 * <p>Pure values, any thread. Must not know Kafka, connections or who is listening.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.protocol;

import com.google.errorprone.annotations.CheckReturnValue;
