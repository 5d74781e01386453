/**
 * The rules that a sale must keep. They report violations; the caller refuses the sale or flags it. Pure.
 */
@CheckReturnValue
package uz.ksb.pos.sales.sale.domain.rules;

import com.google.errorprone.annotations.CheckReturnValue;
