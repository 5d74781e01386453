/**
 * Long lists in pages: {@code ?after=&limit=}, answered by {@code {items, next}}. Where one page ends the next begins,
 * whatever was added meanwhile.
 */
@CheckReturnValue
package uz.ksb.pos.platform.paging;

import com.google.errorprone.annotations.CheckReturnValue;
