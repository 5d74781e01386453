/** The figures of the live connections for operators and administrators: counts and times. Any thread. */
@CheckReturnValue
package uz.ksb.pos.gateway.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
