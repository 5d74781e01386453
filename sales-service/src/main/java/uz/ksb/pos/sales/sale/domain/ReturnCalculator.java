package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.Receipt.Debt;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.NewReturn.ReturnedLine;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;

/**
 * Holds a return to its receipt: products, prices and sums are the receipt's, quantities never exceed it, and the money of
 * all returns together is what was paid. Pure.
 *
 * <p>Money of a line given back so far = round(net x returned so far / sold), so pieces of any size and order add up. A piece
 * never gives more than what is left of what was paid; the piece that completes the receipt carries the rest of the rounding.
 */
final class ReturnCalculator {
    private static final BigDecimal ZERO = new BigDecimal("0.00");

    private final Receipt receipt;
    private final List<Line> sold;
    private final Map<Integer, BigDecimal> returned;
    private final List<Line> back = new ArrayList<>();
    private final List<RuleViolation> violations = new ArrayList<>();
    private final List<Payment> debts = new ArrayList<>();
    private BigDecimal rounding = ZERO;

    private ReturnCalculator(Receipt receipt) {
        this.receipt = receipt;
        this.sold = receipt.sale().content().lines();
        this.returned = new HashMap<>(receipt.returned().quantities());
    }

    /**
     * @param content with the receipt's sums
     * @param debts the payments that lower the debt
     * @param violations if there are any, content and debts are of no use
     */
    record Calculated(SaleContent content, List<Payment> debts, List<RuleViolation> violations) {
        /** The payments when the till names none: the debt, then cash. */
        List<Payment> payments() {
            List<Payment> payments = new ArrayList<>(debts);
            BigDecimal cash = content.due().subtract(lowered());
            if (cash.signum() > 0 || debts.isEmpty()) {
                payments.add(Payment.of(Means.CASH, cash, content.currency(), content.rate()));
            }
            return payments;
        }

        /** Whether these payments first lower the debt. */
        boolean lowersTheDebt(List<Payment> payments) {
            return byCurrency(payments).equals(byCurrency(debts));
        }

        /** Whether a return that was paid before still is what its receipt comes to. */
        boolean isPaidAs(SaleContent paid, List<Payment> payments) {
            return violations.isEmpty() && content.due().compareTo(paid.due()) == 0 && lowersTheDebt(payments);
        }

        private BigDecimal lowered() {
            return debts.stream()
                    .map(debt -> SaleArithmetic.converted(debt.amount(), debt.rate(), content.rate()))
                    .reduce(ZERO, BigDecimal::add);
        }

        private static Map<String, BigDecimal> byCurrency(List<Payment> payments) {
            Map<String, BigDecimal> amounts = new HashMap<>();
            payments.stream()
                    .filter(payment ->
                            payment.is(Means.DEBT) && payment.amount().signum() != 0)
                    .forEach(payment -> amounts.merge(
                            payment.currency(), payment.amount().setScale(2, RoundingMode.HALF_UP), BigDecimal::add));
            return amounts;
        }
    }

    /** A return that names its lines as a sale does. */
    static Calculated of(Receipt receipt, SaleContent sent) {
        ReturnCalculator calculator = new ReturnCalculator(receipt);
        if (!calculator.isReturnable()) {
            return calculator.calculated(sent);
        }
        calculator.compare(sent);
        for (int i = 0; i < sent.lines().size(); i++) {
            calculator.take(i, sent.lines().get(i));
        }
        return calculator.calculated(sent);
    }

    /** A return that names lines and quantities only. */
    static Calculated of(Receipt receipt, SaleContent sent, List<ReturnedLine> lines) {
        ReturnCalculator calculator = new ReturnCalculator(receipt);
        if (!calculator.isReturnable()) {
            return calculator.calculated(sent);
        }
        for (int i = 0; i < lines.size(); i++) {
            ReturnedLine line = lines.get(i);
            calculator.take(
                    "lines[" + i + "]",
                    "lineId",
                    "r-" + (i + 1),
                    calculator.places(line.lineId()),
                    line.quantity(),
                    line.marks());
        }
        return calculator.calculated(sent);
    }

    /** The lines of a return that breaks the rules, with the places of the receipt's lines as far as they can be told. */
    static SaleContent placed(Receipt receipt, SaleContent sent) {
        ReturnCalculator calculator = new ReturnCalculator(receipt);
        return sent.withLines(sent.lines().stream()
                .map(line -> {
                    List<Integer> places = calculator.places(line.returnOfLine());
                    return places.isEmpty()
                            ? line
                            : line.withReturnOfIndex(places.stream()
                                    .filter(place -> calculator
                                            .sold
                                            .get(place)
                                            .productId()
                                            .equals(line.productId()))
                                    .findFirst()
                                    .orElse(places.getFirst()));
                })
                .toList());
    }

    private boolean isReturnable() {
        if (!receipt.isSale()) {
            violations.add(new RuleViolation(Flag.RETURN, "returnOf", "only a finished sale can be returned"));
        }
        return receipt.isSale();
    }

    private void compare(SaleContent sent) {
        SaleContent sale = receipt.sale().content();
        same(sent.currency().equals(sale.currency()), "currency");
        same(sent.rate() == null || sent.rate().compareTo(sale.rate()) == 0, "rate");
        same(sent.customerId() == null || sent.customerId().equals(sale.customerId()), "customerId");
    }

    private void same(boolean equal, String field) {
        if (!equal) {
            violations.add(new RuleViolation(Flag.RETURN, field, "is not the receipt's"));
        }
    }

    private void take(int i, Line line) {
        String field = "lines[" + i + "]";
        List<Integer> places = places(line.returnOfLine());
        List<Integer> same = places.stream()
                .filter(place -> sold.get(place).productId().equals(line.productId()))
                .filter(place -> sold.get(place).price().compareTo(line.price()) == 0)
                .filter(place ->
                        line.unit() == null || Objects.equals(sold.get(place).unit(), line.unit()))
                .toList();
        if (!places.isEmpty() && same.isEmpty()) {
            Line first = sold.get(places.getFirst());
            same(first.productId().equals(line.productId()), field + ".productId");
            same(first.price().compareTo(line.price()) == 0, field + ".price");
            same(line.unit() == null || Objects.equals(first.unit(), line.unit()), field + ".unit");
            return;
        }
        take(field, "returnOfLine", line.lineId(), same, line.quantity(), line.marks());
    }

    /** Two lines with one id on a receipt are two: the first gives what it has, then the next. */
    private void take(
            String field, String idField, String id, List<Integer> places, BigDecimal quantity, List<String> marks) {
        if (places.isEmpty()) {
            violations.add(new RuleViolation(Flag.RETURN, field + "." + idField, "is no line of that sale"));
            return;
        }
        BigDecimal rest = quantity;
        List<String> itsMarks = marks;
        for (int place : places) {
            BigDecimal part = remaining(place).min(rest);
            if (part.signum() > 0) {
                boolean whole = part.compareTo(quantity) == 0;
                back.add(piece(place, whole ? id : id + "-" + (place + 1), part, itsMarks));
                itsMarks = null;
                rest = rest.subtract(part);
            }
        }
        if (rest.signum() > 0) {
            violations.add(new RuleViolation(
                    Flag.RETURN,
                    field + ".quantity",
                    "exceeds what was sold and not returned: "
                            + quantity.subtract(rest).stripTrailingZeros().toPlainString()));
        }
    }

    private Line piece(int place, String id, BigDecimal part, List<String> marks) {
        Line line = sold.get(place);
        BigDecimal before = returned.getOrDefault(place, BigDecimal.ZERO);
        BigDecimal after = before.add(part);
        returned.put(place, after);
        return line.returned(
                id,
                place,
                part,
                marks,
                between(line.net(), before, after, line.quantity()),
                between(line.discount(), before, after, line.quantity()));
    }

    private static BigDecimal between(BigDecimal amount, BigDecimal before, BigDecimal after, BigDecimal whole) {
        return SaleArithmetic.share(amount, after, whole).subtract(SaleArithmetic.share(amount, before, whole));
    }

    private BigDecimal remaining(int place) {
        return sold.get(place).quantity().subtract(returned.getOrDefault(place, BigDecimal.ZERO));
    }

    private List<Integer> places(String lineId) {
        return IntStream.range(0, sold.size())
                .filter(place -> sold.get(place).lineId().equals(lineId))
                .boxed()
                .toList();
    }

    private Calculated calculated(SaleContent sent) {
        if (violations.isEmpty()) {
            BigDecimal net = back.stream().map(Line::net).reduce(ZERO, BigDecimal::add);
            BigDecimal given = lowerDebts(due(net));
            rounding = given.subtract(net);
        }
        return new Calculated(
                receipt.sale().content().returned(receipt.sale().id(), back, rounding, sent),
                List.copyOf(debts),
                violations);
    }

    private BigDecimal due(BigDecimal net) {
        boolean completes = IntStream.range(0, sold.size())
                .allMatch(place -> remaining(place).signum() == 0);
        BigDecimal restOfRounding =
                receipt.sale().content().rounding().subtract(receipt.returned().rounding());
        return (completes ? net.add(restOfRounding) : net).max(ZERO).min(receipt.left());
    }

    /**
     * First the debt is lowered, then money goes out.
     *
     * @return what is given back. It is less than {@code due} when a debt in another currency remains: its smallest unit is
     *     worth more than what is missing, and the piece that completes the receipt brings the rest.
     */
    private BigDecimal lowerDebts(BigDecimal due) {
        BigDecimal rest = due;
        for (Debt debt : receipt.debts()) {
            BigDecimal all = receipt.inSaleCurrency(debt, debt.amount());
            if (rest.signum() > 0 && all.compareTo(rest) <= 0) {
                lower(debt, debt.amount());
                rest = rest.subtract(all);
            } else if (rest.signum() > 0) {
                BigDecimal part =
                        rest.multiply(receipt.sale().content().rate()).divide(debt.rate(), 2, RoundingMode.DOWN);
                lower(debt, part);
                return due.subtract(rest).add(receipt.inSaleCurrency(debt, part));
            }
        }
        return due;
    }

    private void lower(Debt debt, BigDecimal amount) {
        if (amount.signum() > 0) {
            debts.add(Payment.of(Means.DEBT, amount, debt.currency(), debt.rate()));
        }
    }
}
