package uz.ksb.pos.sales.house;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * The enterprise's rules of money.
 *
 * @param cashRoundings the step of cash per currency; a currency that is not in it has none
 * @param cashLimit the most cash that one sale may take, in the main currency; null: no limit
 */
public record House(Map<String, BigDecimal> cashRoundings, BigDecimal cashLimit, Rates rates) {
    /** The rules of an enterprise that nothing was told of. */
    public static final House DEFAULT = new House(Map.of("UZS", BigDecimal.valueOf(100)), null, Rates.NONE);

    public Optional<BigDecimal> cashRounding(String currency) {
        return Optional.ofNullable(cashRoundings.get(currency)).filter(step -> step.signum() > 0);
    }
}
