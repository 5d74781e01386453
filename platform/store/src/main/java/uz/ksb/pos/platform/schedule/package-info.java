/** What schedules of all services have in common. A service without any excludes it, as the gateway does. */
@CheckReturnValue
package uz.ksb.pos.platform.schedule;

import com.google.errorprone.annotations.CheckReturnValue;
