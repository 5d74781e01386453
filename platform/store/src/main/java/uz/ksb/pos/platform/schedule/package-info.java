/** Rules for the schedules of all services. */
@CheckReturnValue
package uz.ksb.pos.platform.schedule;

import com.google.errorprone.annotations.CheckReturnValue;
