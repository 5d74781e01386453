/** How work of all services goes on: schedules end with the process, work never runs twice at a time, steps follow each other. */
@CheckReturnValue
package uz.ksb.pos.platform.schedule;

import com.google.errorprone.annotations.CheckReturnValue;
