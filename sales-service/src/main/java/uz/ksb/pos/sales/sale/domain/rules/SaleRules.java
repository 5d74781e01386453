package uz.ksb.pos.sales.sale.domain.rules;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.sale.domain.content.Seller;

/** The rules of a sale's lines, discount and kind. The caller decides whether a violation refuses or flags. */
public final class SaleRules {
    private static final int PRICE_DECIMALS = 4;
    private static final int QUANTITY_DECIMALS = 3;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final Set<String> MONEY = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());

    private SaleRules() {}

    public static List<RuleViolation> violations(SaleContent sale, Seller seller) {
        List<RuleViolation> violations = new ArrayList<>();
        Set<String> lineIds = new HashSet<>();
        for (int i = 0; i < sale.lines().size(); i++) {
            Line line = sale.lines().get(i);
            String field = "lines[" + i + "]";
            if (!lineIds.add(line.lineId())) {
                violations.add(new RuleViolation(Flag.LINES, field + ".lineId", "is there twice"));
            }
            line(line, field, violations);
        }
        discount(sale, violations);
        if (!isMoney(sale.currency(), sale.mainCurrency())) {
            violations.add(new RuleViolation(Flag.CURRENCY, "currency", "is no currency"));
        }
        if (givesWithoutReceipt(sale) && !seller.manager()) {
            violations.add(new RuleViolation(
                    Flag.RETURN_WITHOUT_RECEIPT, "kind", "a return without a receipt needs a manager"));
        }
        if (sale.kind() == SaleKind.SALE && sale.returnOf() != null) {
            violations.add(new RuleViolation(Flag.RETURN, "returnOf", "only a return names a receipt"));
        }
        return violations;
    }

    /** A sale with a line below zero gives money, as a return does. */
    private static boolean givesWithoutReceipt(SaleContent sale) {
        return switch (sale.kind()) {
            case RETURN -> sale.returnOf() == null;
            case SALE -> sale.lines().stream().anyMatch(line -> line.sum().signum() < 0);
        };
    }

    /** A mark is on one piece only. */
    public static List<RuleViolation> markViolations(List<Line> lines) {
        List<RuleViolation> violations = new ArrayList<>();
        Set<String> marks = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).marks() != null && !lines.get(i).marks().stream().allMatch(marks::add)) {
                violations.add(
                        new RuleViolation(Flag.LINES, "lines[" + i + "].marks", "has a mark that is there twice"));
            }
        }
        return violations;
    }

    /** Whether it is a code of ISO 4217 for money: not for tests, metals or nothing. */
    static boolean isMoney(String code, String mainCurrency) {
        return code.equals(mainCurrency) || MONEY.contains(code);
    }

    private static void line(Line line, String field, List<RuleViolation> violations) {
        if (line.price().signum() < 0 || line.price().scale() > PRICE_DECIMALS) {
            violations.add(
                    new RuleViolation(Flag.PRICE, field + ".price", "must not be negative, with at most 4 decimals"));
        }
        if (line.quantity().signum() <= 0 || line.quantity().scale() > QUANTITY_DECIMALS) {
            violations.add(new RuleViolation(
                    Flag.QUANTITY, field + ".quantity", "must be more than zero, with at most 3 decimals"));
        }
    }

    private static void discount(SaleContent sale, List<RuleViolation> violations) {
        BigDecimal amount = sale.asked().amount();
        BigDecimal percent = sale.asked().percent();
        if (amount != null && (amount.signum() < 0 || amount.scale() > 2)
                || percent != null && (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0)
                || amount != null && percent != null) {
            violations.add(
                    new RuleViolation(Flag.DISCOUNT, "discount", "must be an amount or a percentage from 0 to 100"));
        } else if (amount != null && sale.discount().compareTo(amount) < 0) {
            violations.add(new RuleViolation(Flag.DISCOUNT, "discount.amount", "exceeds the sum"));
        }
    }
}
