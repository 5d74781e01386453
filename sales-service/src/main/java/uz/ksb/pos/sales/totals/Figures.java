package uz.ksb.pos.sales.totals;

import java.math.BigDecimal;
import java.util.stream.Stream;

/**
 * The figures of a day, or a change to them, in one currency. Returns are positive in {@code returns} and negative in the
 * figures after it: cash + card + debt = gross - returns + rounding.
 */
public record Figures(
        int count,
        int returnsCount,
        BigDecimal gross,
        BigDecimal returns,
        BigDecimal cash,
        BigDecimal card,
        BigDecimal debt,
        BigDecimal discount,
        BigDecimal rounding) {
    private static final BigDecimal ZERO = new BigDecimal("0.00");

    public static final Figures NOTHING = new Figures(0, 0, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO);

    public Figures plus(Figures other) {
        return new Figures(
                count + other.count,
                returnsCount + other.returnsCount,
                gross.add(other.gross),
                returns.add(other.returns),
                cash.add(other.cash),
                card.add(other.card),
                debt.add(other.debt),
                discount.add(other.discount),
                rounding.add(other.rounding));
    }

    public BigDecimal net() {
        return gross.subtract(returns);
    }

    boolean isNothing() {
        return count == 0
                && returnsCount == 0
                && Stream.of(gross, returns, cash, card, debt, discount, rounding)
                        .allMatch(amount -> amount.signum() == 0);
    }

    public Figures withCash(BigDecimal amount) {
        return new Figures(count, returnsCount, gross, returns, amount, card, debt, discount, rounding);
    }

    public Figures withCard(BigDecimal amount) {
        return new Figures(count, returnsCount, gross, returns, cash, amount, debt, discount, rounding);
    }

    public Figures withDebt(BigDecimal amount) {
        return new Figures(count, returnsCount, gross, returns, cash, card, amount, discount, rounding);
    }
}
