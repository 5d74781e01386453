/** Changes that transactions leave behind, so that none waits for another, are added up afterwards. */
@CheckReturnValue
package uz.ksb.pos.sales.folding;

import com.google.errorprone.annotations.CheckReturnValue;
