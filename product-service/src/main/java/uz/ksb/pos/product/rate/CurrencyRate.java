package uz.ksb.pos.product.rate;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.math.BigDecimal;
import java.time.OffsetDateTime;

/**
 * The worth of one unit of a currency.
 *
 * @param name of the currency
 * @param rate main-currency units for one unit, 6 decimals
 * @param version rising with every rate of the enterprise
 * @param setAt since when
 * @param setBy who set it
 */
public record CurrencyRate(
        String currency, String name, BigDecimal rate, long version, OffsetDateTime setAt, String setBy) {
    /** The same as {@link #setAt}: a rate is valid until the next one of its currency. */
    @JsonProperty
    public OffsetDateTime validFrom() {
        return setAt;
    }
}
