/**
 * The gateway against socket.io and against a bare server: the same crowd of clients, the same events, the same steps. The
 * crowd reads as little as it can, so that it measures the servers and not itself.
 */
@CheckReturnValue
package uz.ksb.pos.benchmarks.gateway;

import com.google.errorprone.annotations.CheckReturnValue;
