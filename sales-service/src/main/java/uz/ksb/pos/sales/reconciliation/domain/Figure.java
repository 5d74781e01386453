package uz.ksb.pos.sales.reconciliation.domain;

import java.math.BigDecimal;

/**
 * A number of sales and returns with their sum.
 *
 * @param sum in the main currency, returns negative
 */
public record Figure(long count, BigDecimal sum) {
    public static final Figure NONE = new Figure(0, new BigDecimal("0.00"));

    Figure plus(Figure other) {
        return new Figure(count + other.count, sum.add(other.sum));
    }
}
