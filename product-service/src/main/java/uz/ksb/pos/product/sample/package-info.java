/**
 * The sample enterprises' reference data and rates, for a developer's machine ({@code pos.sample.data=true}). Made at every
 * start, by every replica; what is there already stays as it is.
 */
@CheckReturnValue
package uz.ksb.pos.product.sample;

import com.google.errorprone.annotations.CheckReturnValue;
