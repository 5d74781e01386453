package uz.ksb.pos.sales.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * How the sums of a sale are computed. All sums have two decimals, rounded half up; a rate is main-currency units for one
 * unit of the other currency.
 */
public final class SaleArithmetic {
    private static final BigDecimal ZERO = new BigDecimal("0.00");
    private static final BigDecimal HUNDRED = new BigDecimal("100");

    private SaleArithmetic() {}

    /** The sum of a line, before any discount. */
    public record PricedLine(BigDecimal price, BigDecimal quantity) {}

    /** The discount: an amount, or a percentage, or neither (both null). */
    public record Discount(BigDecimal amount, BigDecimal percent) {
        public static final Discount NONE = new Discount(null, null);
    }

    /**
     * @param lineSums price x quantity, per line
     * @param lineDiscounts the share of the discount, per line
     * @param discount of the whole sale; never more than its lines cost
     * @param total what is to be paid, before cash rounding; never negative for lines that are not
     */
    public record Sums(
            List<BigDecimal> lineSums, List<BigDecimal> lineDiscounts, BigDecimal discount, BigDecimal total) {}

    /** How something was paid. */
    public enum Means {
        CASH,
        CARD,
        /** Left unpaid, on the customer's account. */
        DEBT
    }

    /**
     * @param rate of the payment's currency
     */
    public record Paid(Means means, BigDecimal amount, BigDecimal rate) {}

    /**
     * In the sale's currency: cash + card + debt - change = total + rounding, when {@code missing} and {@code excess} are 0.
     *
     * @param cash as handed over, before change
     * @param missing what is not covered by the payments
     * @param excess what is paid too much and cannot be given back, because only cash can
     */
    public record Settlement(
            BigDecimal cash,
            BigDecimal card,
            BigDecimal debt,
            BigDecimal paid,
            BigDecimal change,
            BigDecimal missing,
            BigDecimal excess) {}

    public static Sums sums(List<PricedLine> lines, Discount discount) {
        List<BigDecimal> lineSums = lines.stream()
                .map(line -> twoDecimals(line.price().multiply(line.quantity())))
                .toList();
        BigDecimal sum = sum(lineSums);
        BigDecimal off = discountOf(sum, discount);
        return new Sums(lineSums, spread(off, lineSums), off, sum.subtract(off));
    }

    /** An amount of one currency in another, by their rates. */
    public static BigDecimal converted(BigDecimal amount, BigDecimal rate, BigDecimal toRate) {
        return rate.compareTo(toRate) == 0
                ? twoDecimals(amount)
                : amount.multiply(rate).divide(toRate, 2, RoundingMode.HALF_UP);
    }

    /** The amount to add to a sum due in cash to make it a multiple of {@code step}; may be negative. */
    public static BigDecimal cashRounding(BigDecimal due, BigDecimal step) {
        BigDecimal steps = due.divide(step, 0, RoundingMode.HALF_UP);
        return twoDecimals(steps.multiply(step).subtract(due));
    }

    public static Settlement settle(BigDecimal total, BigDecimal rounding, BigDecimal saleRate, List<Paid> payments) {
        BigDecimal cash = by(Means.CASH, saleRate, payments);
        BigDecimal card = by(Means.CARD, saleRate, payments);
        BigDecimal debt = by(Means.DEBT, saleRate, payments);
        BigDecimal paid = cash.add(card).add(debt);
        BigDecimal over = paid.subtract(total).subtract(rounding);
        BigDecimal change = over.max(ZERO).min(cash.max(ZERO));
        return new Settlement(
                cash,
                card,
                debt,
                paid,
                change,
                over.negate().max(ZERO),
                over.subtract(change).max(ZERO));
    }

    /**
     * The share of a line's {@code net} sum that belongs to the first {@code part} of its {@code whole} quantity: parts that follow
     * each other add up to exactly the whole.
     */
    public static BigDecimal share(BigDecimal net, BigDecimal part, BigDecimal whole) {
        return part.compareTo(whole) == 0
                ? twoDecimals(net)
                : net.multiply(part).divide(whole, 2, RoundingMode.HALF_UP);
    }

    private static BigDecimal discountOf(BigDecimal sum, Discount discount) {
        BigDecimal asked = ZERO;
        if (discount.amount() != null) {
            asked = twoDecimals(discount.amount());
        } else if (discount.percent() != null) {
            asked = sum.multiply(discount.percent()).divide(HUNDRED, 2, RoundingMode.HALF_UP);
        }
        return asked.max(ZERO).min(sum.max(ZERO));
    }

    /**
     * Each line its share by line sum, half up, the last one the rest. Where cents rounded up would leave less than nothing,
     * or more than the last line costs, the difference stays on the lines before it: no line is ever below zero.
     */
    private static List<BigDecimal> spread(BigDecimal discount, List<BigDecimal> sums) {
        List<BigDecimal> shares = new ArrayList<>(sums.size());
        BigDecimal whole = sum(sums);
        BigDecimal rest = discount;
        for (int line = 0; line < sums.size(); line++) {
            boolean last = line == sums.size() - 1;
            BigDecimal fair = whole.signum() == 0 ? ZERO : share(discount, sums.get(line), whole);
            BigDecimal share = (last ? rest : fair.min(rest)).min(sums.get(line).max(ZERO));
            shares.add(share);
            rest = rest.subtract(share);
        }
        for (int line = sums.size() - 1; line >= 0 && rest.signum() > 0; line--) {
            BigDecimal room =
                    sums.get(line).subtract(shares.get(line)).max(ZERO).min(rest);
            shares.set(line, shares.get(line).add(room));
            rest = rest.subtract(room);
        }
        return List.copyOf(shares);
    }

    private static BigDecimal by(Means means, BigDecimal saleRate, List<Paid> payments) {
        return sum(payments.stream()
                .filter(payment -> payment.means() == means)
                .map(payment -> converted(payment.amount(), payment.rate(), saleRate))
                .toList());
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(ZERO, BigDecimal::add);
    }

    private static BigDecimal twoDecimals(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_UP);
    }
}
