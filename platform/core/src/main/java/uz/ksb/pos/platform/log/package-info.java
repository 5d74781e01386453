/**
 * The ids that a line of the log carries: enterprise, device, sale, event; those of the trace are added by OpenTelemetry. Never names,
 * phone numbers or secrets.
 *
 * <p>They belong to the request or message that is worked on, on whatever thread it goes on.
 */
@CheckReturnValue
package uz.ksb.pos.platform.log;

import com.google.errorprone.annotations.CheckReturnValue;
