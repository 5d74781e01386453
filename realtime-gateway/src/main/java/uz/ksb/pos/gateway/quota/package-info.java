/**
 * Limits of connections, messages and bytes, for each connection and for all those of a device, an enterprise or an address
 * together. Any thread, unless a type says otherwise. Must not know what a connection is.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.quota;

import com.google.errorprone.annotations.CheckReturnValue;
