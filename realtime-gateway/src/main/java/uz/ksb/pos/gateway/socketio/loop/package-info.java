/** The event loop of a session and the times it keeps. Knows no session. */
@CheckReturnValue
package uz.ksb.pos.gateway.socketio.loop;

import com.google.errorprone.annotations.CheckReturnValue;
