/**
 * Rules that sales are held to and other services decide: the devices with their status, the currency rates, the enterprise's
 * rules of cash. Copies, followed from {@code pos.settings.v1} and {@code pos.rates.v1}; the highest version wins,
 * and a comparison with the owner heals them.
 *
 * <p>{@link uz.ksb.pos.sales.house.House} and {@link uz.ksb.pos.sales.house.Rates} are pure. Threads: event loops. Must not
 * know what a sale is.
 */
@CheckReturnValue
package uz.ksb.pos.sales.house;

import com.google.errorprone.annotations.CheckReturnValue;
