/**
 * The requests of Engine.IO over HTTP: the body of a POST, the answer that may wait, the refusals. A request is read and answered
 * on its own event loop, whatever loop its session is on. Knows no session.
 */
@CheckReturnValue
package uz.ksb.pos.gateway.socketio.http;

import com.google.errorprone.annotations.CheckReturnValue;
