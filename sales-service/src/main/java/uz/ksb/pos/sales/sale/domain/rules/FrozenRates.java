package uz.ksb.pos.sales.sale.domain.rules;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;

/**
 * The rates of a receipt that its returns keep, by currency.
 *
 * @param own the rate of the sale's currency
 * @param debts the rates of what is still owed
 * @param money the rates of what came in as cash or by card
 * @param left the most that may go out at {@code money}
 */
public record FrozenRates(
        Map<String, BigDecimal> own,
        Map<String, BigDecimal> debts,
        Map<String, BigDecimal> money,
        Map<String, BigDecimal> left) {
    public static final FrozenRates NONE = new FrozenRates(Map.of(), Map.of(), Map.of(), Map.of());

    /** @param amount of this payment and of those before it that are cash or card in its currency */
    Optional<BigDecimal> of(Means kind, String currency, BigDecimal amount) {
        if (own.containsKey(currency)) {
            return Optional.of(own.get(currency));
        }
        if (kind == Means.DEBT) {
            return Optional.ofNullable(debts.get(currency));
        }
        return Optional.ofNullable(money.get(currency)).filter(rate -> amount.compareTo(left.get(currency)) <= 0);
    }
}
