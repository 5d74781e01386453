/**
 * The content of a sale: requests as tills send them, and the parsed values. Pure.
 */
@CheckReturnValue
package uz.ksb.pos.sales.sale.domain.content;

import com.google.errorprone.annotations.CheckReturnValue;
