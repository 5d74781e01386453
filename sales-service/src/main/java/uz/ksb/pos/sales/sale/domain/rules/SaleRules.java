package uz.ksb.pos.sales.sale.domain.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.money.SaleArithmetic.Settlement;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.sale.domain.content.Seller;

/** What a sale must keep to; who asks decides whether a broken rule refuses or flags. */
public final class SaleRules {
    private static final int PRICE_DECIMALS = 4;
    private static final int QUANTITY_DECIMALS = 3;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final List<BigDecimal> ROUNDING_STEPS =
            List.of(1, 50, 100, 500, 1000).stream().map(BigDecimal::valueOf).toList();

    private static final Set<String> MONEY = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private SaleRules() {}

    public static List<RuleViolation> brokenBy(SaleContent sale, Seller seller) {
        List<RuleViolation> broken = new ArrayList<>();
        Set<String> lineIds = new HashSet<>();
        for (int i = 0; i < sale.lines().size(); i++) {
            Line line = sale.lines().get(i);
            String field = "lines[" + i + "]";
            if (!lineIds.add(line.lineId())) {
                broken.add(new RuleViolation("lines", field + ".lineId", "is there twice"));
            }
            line(line, field, broken);
        }
        discount(sale, broken);
        if (!isMoney(sale.currency(), sale.mainCurrency())) {
            broken.add(new RuleViolation("currency", "currency", "is no currency"));
        }
        if (sale.rate().signum() <= 0) {
            broken.add(new RuleViolation("rate", "rate", "must be more than zero"));
        }
        if (sale.kind() == SaleKind.RETURN && sale.returnOf() == null && !seller.manager()) {
            broken.add(
                    new RuleViolation("return-without-receipt", "kind", "a return without a receipt needs a manager"));
        }
        return broken;
    }

    /** What a till sent, before what it left out is filled in. */
    public static List<RuleViolation> brokenBy(NewSale sent, SaleContent sale, Seller seller) {
        List<RuleViolation> broken = brokenBy(sale, seller);
        if (sent.rate() == null && !sale.currency().equals(sale.mainCurrency())) {
            broken.add(new RuleViolation("rate", "rate", "is needed for another currency"));
        }
        return broken;
    }

    public static List<RuleViolation> brokenBy(SaleContent sale, List<Payment> payments, Settlement settled) {
        List<RuleViolation> broken = new ArrayList<>();
        for (int i = 0; i < payments.size(); i++) {
            Payment payment = payments.get(i);
            if (!isMoney(payment.currency(), sale.mainCurrency())) {
                broken.add(new RuleViolation("currency", "payments[" + i + "].currency", "is no currency"));
            }
            if (payment.amount().signum() < 0 || payment.amount().scale() > 2) {
                broken.add(new RuleViolation(
                        "payment", "payments[" + i + "].amount", "must not be negative, with at most 2 decimals"));
            }
        }
        if (settled.missing().signum() > 0) {
            broken.add(
                    new RuleViolation("payment", "payments", settled.missing().toPlainString() + " is not paid"));
        }
        if (settled.excess().signum() > 0) {
            broken.add(new RuleViolation("payment", "payments", "only cash may exceed what is due"));
        }
        if (sale.kind() == SaleKind.RETURN && settled.change().signum() > 0) {
            broken.add(new RuleViolation("payment", "payments", "a return gives back exactly what is due"));
        }
        if (settled.debt().signum() != 0 && sale.customerId() == null) {
            broken.add(new RuleViolation("debt", "customerId", "a debt needs a customer"));
        }
        rounding(sale, payments, settled, broken);
        return broken;
    }

    /** A code of ISO 4217 for money: not for tests, metals or nothing. */
    private static boolean isMoney(String code, String mainCurrency) {
        return code.equals(mainCurrency) || MONEY.contains(code);
    }

    private static void line(Line line, String field, List<RuleViolation> broken) {
        if (line.price().signum() < 0 || line.price().scale() > PRICE_DECIMALS) {
            broken.add(new RuleViolation("price", field + ".price", "must not be negative, with at most 4 decimals"));
        }
        if (line.quantity().signum() <= 0 || line.quantity().scale() > QUANTITY_DECIMALS) {
            broken.add(new RuleViolation(
                    "quantity", field + ".quantity", "must be more than zero, with at most 3 decimals"));
        }
    }

    private static void discount(SaleContent sale, List<RuleViolation> broken) {
        BigDecimal amount = sale.asked().amount();
        BigDecimal percent = sale.asked().percent();
        if (amount != null && (amount.signum() < 0 || amount.scale() > 2)
                || percent != null && (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0)
                || amount != null && percent != null) {
            broken.add(new RuleViolation("discount", "discount", "must be an amount or a percentage from 0 to 100"));
        } else if (amount != null && sale.discount().compareTo(amount) < 0) {
            broken.add(new RuleViolation("discount", "discount.amount", "exceeds the sum"));
        }
    }

    private static void rounding(
            SaleContent sale, List<Payment> payments, Settlement settled, List<RuleViolation> broken) {
        // A return gives back what was paid, its rounding too.
        if (sale.rounding().signum() == 0 || sale.kind() == SaleKind.RETURN) {
            return;
        }
        BigDecimal due = sale.total().subtract(settled.card()).subtract(settled.debt());
        boolean cash = payments.stream().anyMatch(payment -> payment.kind() == Means.CASH);
        if (!cash
                || ROUNDING_STEPS.stream()
                        .noneMatch(
                                step -> SaleArithmetic.cashRounding(due, step).compareTo(sale.rounding()) == 0)) {
            broken.add(new RuleViolation("rounding", "rounding", "is not what is due in cash, rounded"));
        }
    }
}
