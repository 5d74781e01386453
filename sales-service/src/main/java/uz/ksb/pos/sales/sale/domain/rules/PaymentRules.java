package uz.ksb.pos.sales.sale.domain.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.house.House;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.money.SaleArithmetic.Settlement;
import uz.ksb.pos.sales.sale.domain.content.Fields;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;

/** The rules of how a sale is paid: what is due, who may owe, cash rounding, the limit of cash. */
public final class PaymentRules {
    private static final int MAX_PAYMENTS = 100;
    private static final BigDecimal ZERO = new BigDecimal("0.00");
    private static final BigDecimal ONE_CENT = new BigDecimal("0.01");

    private PaymentRules() {}

    /**
     * The payments with their rates.
     *
     * @throws uz.ksb.pos.platform.problem.Problem 400 when one cannot be read
     */
    public static List<Payment> payments(List<NewPayment> given, SaleContent sale, RateRules rates) {
        List<NewPayment> all = given == null ? List.of() : given;
        Fields.require(all.size() <= MAX_PAYMENTS, "payments", "are more than " + MAX_PAYMENTS);
        List<Payment> payments = new ArrayList<>();
        Map<String, BigDecimal> money = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            payments.add(payment(all.get(i), sale, rates, money, "payments[" + i + "]"));
        }
        return List.copyOf(payments);
    }

    /** @param money in cash and by card so far, by currency */
    private static Payment payment(
            NewPayment given, SaleContent sale, RateRules rates, Map<String, BigDecimal> money, String field) {
        Fields.require(given != null && given.kind() != null, field + ".kind", "is missing");
        Fields.require(given.amount() != null, field + ".amount", "is missing");
        String currency =
                given.currency() == null ? sale.currency() : Fields.currency(given.currency(), field + ".currency");
        BigDecimal asked = Fields.rate(given.rate(), field + ".rate");
        BigDecimal amount = Fields.plain(given.amount(), 2, field + ".amount");
        BigDecimal soFar = given.kind() == Means.DEBT ? amount : money.merge(currency, amount, BigDecimal::add);
        // The sale's own currency has the sale's rate; another one that is named must be the house's all the same.
        BigDecimal rate = currency.equals(sale.currency())
                        && (asked == null || sale.rate() != null && asked.compareTo(sale.rate()) == 0)
                ? sale.rate()
                : rates.rate(given.kind(), currency, soFar, asked, field + ".rate");
        rate = currency.equals(sale.currency()) ? sale.rate() : rate;
        Fields.require(
                amount.abs()
                                .max(SaleArithmetic.converted(amount.abs(), rate, BigDecimal.ONE))
                                .max(SaleArithmetic.converted(amount.abs(), rate, sale.rate()))
                                .compareTo(SaleContent.MAX_TOTAL)
                        <= 0,
                field + ".amount",
                "is too large");
        // With more decimals it would be another sum in the totals than in the sale.
        return new Payment(
                given.kind(),
                amount.setScale(2, RoundingMode.HALF_UP),
                currency,
                rate,
                given.rateDate(),
                Fields.shortText(given.cashDesk(), field + ".cashDesk"),
                Fields.shortText(given.method(), field + ".method"),
                Fields.shortText(given.reference(), field + ".reference"));
    }

    /**
     * The rules of all sales and returns.
     *
     * @param given of which {@code payments} were made
     */
    public static List<RuleViolation> violations(
            SaleContent sale, List<NewPayment> given, List<Payment> payments, Settlement settled) {
        List<RuleViolation> violations = new ArrayList<>();
        for (int i = 0; i < payments.size(); i++) {
            Payment payment = payments.get(i);
            if (!SaleRules.isMoney(payment.currency(), sale.mainCurrency())) {
                violations.add(new RuleViolation(Flag.CURRENCY, "payments[" + i + "].currency", "is no currency"));
            }
            if (!payment.is(Means.CARD) && (payment.method() != null || payment.reference() != null)) {
                violations.add(new RuleViolation(
                        Flag.PAYMENT, "payments[" + i + "].method", "and reference belong to a CARD payment"));
            }
            if (payment.amount().signum() < 0
                    || payment.amount().compareTo(given.get(i).amount()) != 0) {
                violations.add(new RuleViolation(
                        Flag.PAYMENT, "payments[" + i + "].amount", "must not be negative, with at most 2 decimals"));
            }
        }
        if (gainsByRounding(sale, payments)) {
            violations.add(new RuleViolation(
                    Flag.PAYMENT, "payments", "in another currency are cut so small that their rounding counts"));
        }
        if (settled.missing().signum() > 0) {
            violations.add(new RuleViolation(
                    Flag.PAYMENT, "payments", settled.missing().toPlainString() + " is not paid"));
        }
        if (settled.excess().signum() > 0) {
            violations.add(new RuleViolation(Flag.PAYMENT, "payments", "only cash may exceed what is due"));
        }
        if (sale.kind() == SaleKind.RETURN && settled.change().signum() > 0) {
            violations.add(new RuleViolation(Flag.PAYMENT, "payments", "a return gives back exactly what is due"));
        }
        if (settled.debt().signum() != 0 && sale.customerId() == null) {
            violations.add(new RuleViolation(Flag.DEBT, "customerId", "a debt needs a customer"));
        }
        return violations;
    }

    /** Each payment is rounded when it is converted: a hundred small ones would be worth more, or less, than their sum. */
    private static boolean gainsByRounding(SaleContent sale, List<Payment> payments) {
        Map<Means, List<Payment>> foreign = payments.stream()
                .filter(payment -> !payment.currency().equals(sale.currency()))
                .collect(Collectors.groupingBy(Payment::kind));
        return foreign.values().stream().anyMatch(some -> {
            BigDecimal each = some.stream()
                    .map(payment -> SaleArithmetic.converted(payment.amount(), payment.rate(), sale.rate()))
                    .reduce(ZERO, BigDecimal::add);
            BigDecimal together = some.stream()
                    .map(payment -> payment.amount().multiply(payment.rate()))
                    .reduce(ZERO, BigDecimal::add);
            return each.subtract(SaleArithmetic.converted(together, BigDecimal.ONE, sale.rate()))
                            .abs()
                            .compareTo(ONE_CENT)
                    > 0;
        });
    }

    /** The rules of the house's cash; a return by a receipt has the receipt's rounding instead. */
    public static List<RuleViolation> cashViolations(
            SaleContent sale, List<Payment> payments, Settlement settled, House house, Catalogue catalogue) {
        List<RuleViolation> violations = new ArrayList<>();
        if (sale.rounding().signum() != 0 && !isRounded(sale, payments, settled, house)) {
            violations.add(new RuleViolation(Flag.ROUNDING, "rounding", "is not what is due in cash, rounded"));
        }
        if (sale.kind() == SaleKind.SALE) {
            BigDecimal cash = settled.cash().subtract(settled.change());
            BigDecimal main = SaleArithmetic.converted(cash, sale.rate(), BigDecimal.ONE);
            if (house.cashLimit() != null && main.compareTo(house.cashLimit()) > 0) {
                violations.add(new RuleViolation(
                        Flag.CASH,
                        "payments",
                        "cash is limited to " + house.cashLimit().toPlainString()));
            }
            if (exceedsLawfulCash(cash, sale, catalogue)) {
                violations.add(
                        new RuleViolation(Flag.CASH, "payments", "the law forbids cash for a product of this sale"));
            }
        }
        return violations;
    }

    /** Whether some of the cash is for a product for which the law forbids it: it is more than the others come to. */
    private static boolean exceedsLawfulCash(BigDecimal cash, SaleContent sale, Catalogue catalogue) {
        List<Line> lawful = sale.lines().stream()
                .filter(line -> catalogue.allowsCash(line.productId()))
                .toList();
        BigDecimal sum = lawful.stream().map(Line::net).reduce(ZERO, BigDecimal::add);
        BigDecimal rounding = lawful.isEmpty() ? ZERO : sale.rounding().max(ZERO);
        return lawful.size() < sale.lines().size() && cash.compareTo(sum.add(rounding)) > 0;
    }

    /** The nearest multiple of the step, of what is left to pay in cash, when cash of the sale's currency stays here. */
    private static boolean isRounded(SaleContent sale, List<Payment> payments, Settlement settled, House house) {
        BigDecimal own = payments.stream()
                .filter(payment -> payment.is(Means.CASH) && payment.currency().equals(sale.currency()))
                .map(Payment::amount)
                .reduce(ZERO, BigDecimal::add);
        BigDecimal due = sale.total().subtract(settled.card()).subtract(settled.debt());
        BigDecimal dueHere = due.subtract(settled.cash().subtract(own));
        return own.compareTo(settled.change()) > 0
                && house.cashRounding(sale.currency())
                        .filter(step -> Stream.of(due, dueHere)
                                .anyMatch(left ->
                                        SaleArithmetic.cashRounding(left, step).compareTo(sale.rounding()) == 0))
                        .isPresent();
    }
}
