package uz.ksb.pos.product.rate;

import java.util.List;

/**
 * The event {@code rates.changed}, version 1: all rates of the enterprise after the change, so that the newest event is enough.
 *
 * @param version rising
 * @param changed the currencies whose rate is new; none: all are told again after a sync
 */
record RatesChanged(long version, List<String> changed, List<CurrencyRate> items) {
    static final String TYPE = "rates.changed";
}
