/** Long lists in pages: where one ends the next begins, whatever was added meanwhile. Pure. */
@CheckReturnValue
package uz.ksb.pos.sales.paging;

import com.google.errorprone.annotations.CheckReturnValue;
