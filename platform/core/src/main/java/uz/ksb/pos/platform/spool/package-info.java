/** Large bodies on the disk, so that memory does not grow with them. Writes on worker threads. */
@CheckReturnValue
package uz.ksb.pos.platform.spool;

import com.google.errorprone.annotations.CheckReturnValue;
