package uz.ksb.pos.sales.sale.domain.rules;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import uz.ksb.pos.sales.house.House;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;

/**
 * Rates come from the house: one that a till names must have been valid in the 24 hours before, one that it leaves out is
 * filled in. The main currency's is 1.
 */
public final class RateRules {
    private final House house;
    private final String mainCurrency;
    private final Instant at;
    private final FrozenRates frozen;
    private final List<RuleViolation> violations;

    /**
     * @param frozen rates of a receipt, which its returns keep
     * @param violations takes what is wrong
     */
    public RateRules(House house, String mainCurrency, Instant at, FrozenRates frozen, List<RuleViolation> violations) {
        this.house = house;
        this.frozen = frozen;
        this.mainCurrency = mainCurrency;
        this.at = at;
        this.violations = violations;
    }

    /** The sale with all rates; wrong ones stay as they are. */
    public SaleContent applyTo(SaleContent sale) {
        return sale.withRates(rate(sale.currency(), sale.rate(), "rate"), new LineRates(sale)::applyTo);
    }

    private final class LineRates {
        private final SaleContent sale;
        private int place;

        LineRates(SaleContent sale) {
            this.sale = sale;
        }

        Line applyTo(Line line) {
            String field = "lines[" + place++ + "].rate";
            if (line.rate() != null) {
                String base = line.baseCurrency() == null ? sale.currency() : line.baseCurrency();
                return line.withRate(rate(base, line.rate(), field));
            }
            return line.baseCurrency() == null || line.baseCurrency().equals(mainCurrency)
                    ? line
                    : line.withRate(house.rates().at(line.baseCurrency(), at).orElse(null));
        }
    }

    /** The rate to compute with, always more than zero. */
    public BigDecimal rate(String currency, BigDecimal given, String field) {
        return rate(currency, given, field, Optional.ofNullable(frozen.own().get(currency)));
    }

    /** @param amount of this payment and of those before it that are cash or card in its currency */
    BigDecimal rate(Means kind, String currency, BigDecimal amount, BigDecimal given, String field) {
        return rate(currency, given, field, frozen.of(kind, currency, amount));
    }

    private BigDecimal rate(String currency, BigDecimal given, String field, Optional<BigDecimal> kept) {
        if (currency.equals(mainCurrency)) {
            if (given != null && given.compareTo(BigDecimal.ONE) != 0) {
                violations.add(new RuleViolation(Flag.RATE, field, "is 1 for the main currency"));
            }
            return BigDecimal.ONE;
        }
        if (kept.isPresent() && (given == null || given.compareTo(kept.get()) == 0)) {
            return kept.get();
        }
        Optional<BigDecimal> ofHouse = house.rates().at(currency, at);
        if (ofHouse.isEmpty()) {
            violations.add(new RuleViolation(Flag.RATE, field, "the house has no rate for " + currency));
        } else if (given != null && !house.rates().allow(currency, given, at)) {
            violations.add(new RuleViolation(Flag.RATE, field, "is not the house's rate of the last 24 hours"));
        }
        BigDecimal rate = given == null ? ofHouse.orElse(BigDecimal.ONE) : given;
        return rate.signum() > 0 ? rate : ofHouse.orElse(BigDecimal.ONE);
    }
}
