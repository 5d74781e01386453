package uz.ksb.pos.product.reference;

import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/** The money of ISO 4217: not its codes for metals, tests, accounting units and "no currency". */
public final class Iso4217 {
    private static final Set<String> CODES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private Iso4217() {}

    public static boolean isCurrency(String code) {
        return CODES.contains(code);
    }
}
