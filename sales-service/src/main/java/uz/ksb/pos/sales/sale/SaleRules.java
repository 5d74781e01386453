package uz.ksb.pos.sales.sale;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.money.SaleArithmetic.Settlement;

/** What a sale must keep to; who asks decides whether a broken rule refuses or flags. */
final class SaleRules {
    private static final int PRICE_DECIMALS = 4;
    private static final int QUANTITY_DECIMALS = 3;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final List<BigDecimal> ROUNDING_STEPS =
            List.of(1, 50, 100, 500, 1000).stream().map(BigDecimal::valueOf).toList();

    private SaleRules() {}

    static List<Broken> brokenBy(SaleContent sale, Seller seller) {
        List<Broken> broken = new ArrayList<>();
        Set<String> lineIds = new HashSet<>();
        for (int i = 0; i < sale.lines().size(); i++) {
            Line line = sale.lines().get(i);
            String field = "lines[" + i + "]";
            if (!lineIds.add(line.lineId())) {
                broken.add(new Broken("lines", field + ".lineId", "is there twice"));
            }
            line(line, field, broken);
            price(line, field, sale, seller, broken);
        }
        discount(sale, seller, broken);
        if (sale.rate().signum() <= 0) {
            broken.add(new Broken("rate", "rate", "must be more than zero"));
        }
        if (sale.kind() == SaleKind.RETURN && sale.returnOf() == null && !seller.manager()) {
            broken.add(new Broken("return-without-receipt", "kind", "a return without a receipt needs a manager"));
        }
        return broken;
    }

    static List<Broken> brokenBy(SaleContent sale, List<Payment> payments, Settlement settled) {
        List<Broken> broken = new ArrayList<>();
        for (int i = 0; i < payments.size(); i++) {
            Payment payment = payments.get(i);
            if (payment.amount().signum() < 0 || payment.amount().scale() > 2) {
                broken.add(new Broken(
                        "payment", "payments[" + i + "].amount", "must not be negative, with at most 2 decimals"));
            }
        }
        if (settled.missing().signum() > 0) {
            broken.add(new Broken("payment", "payments", settled.missing().toPlainString() + " is not paid"));
        }
        if (settled.excess().signum() > 0) {
            broken.add(new Broken("payment", "payments", "only cash may exceed what is due"));
        }
        if (sale.kind() == SaleKind.RETURN && settled.change().signum() > 0) {
            broken.add(new Broken("payment", "payments", "a return gives back exactly what is due"));
        }
        if (settled.debt().signum() != 0 && sale.customerId() == null) {
            broken.add(new Broken("debt", "customerId", "a debt needs a customer"));
        }
        rounding(sale, payments, settled, broken);
        return broken;
    }

    private static void line(Line line, String field, List<Broken> broken) {
        if (line.price().signum() < 0 || line.price().scale() > PRICE_DECIMALS) {
            broken.add(new Broken("price", field + ".price", "must not be negative, with at most 4 decimals"));
        }
        if (line.quantity().signum() <= 0 || line.quantity().scale() > QUANTITY_DECIMALS) {
            broken.add(new Broken("quantity", field + ".quantity", "must be more than zero, with at most 3 decimals"));
        }
    }

    /** The catalogue's price is known when the till sent it in the sale's currency. */
    private static BigDecimal cataloguePrice(Line line, SaleContent sale) {
        return line.baseCurrency() == null || line.baseCurrency().equals(sale.currency()) ? line.basePrice() : null;
    }

    private static void price(Line line, String field, SaleContent sale, Seller seller, List<Broken> broken) {
        BigDecimal catalogue = cataloguePrice(line, sale);
        if (!seller.mayChangePrice() && catalogue != null && line.price().compareTo(catalogue) != 0) {
            broken.add(new Broken("price", field + ".price", "you may not change prices"));
        }
    }

    private static void discount(SaleContent sale, Seller seller, List<Broken> broken) {
        BigDecimal amount = sale.asked().amount();
        BigDecimal percent = sale.asked().percent();
        if (amount != null && (amount.signum() < 0 || amount.scale() > 2)
                || percent != null && (percent.signum() < 0 || percent.compareTo(HUNDRED) > 0)
                || amount != null && percent != null) {
            broken.add(new Broken("discount", "discount", "must be an amount or a percentage from 0 to 100"));
        } else if (amount != null && sale.discount().compareTo(amount) < 0) {
            broken.add(new Broken("discount", "discount.amount", "exceeds the sum"));
        }
        BigDecimal allowed = seller.maxDiscountPercent();
        if (sale.kind() == SaleKind.SALE && allowed != null && percentOff(sale).compareTo(allowed) > 0) {
            broken.add(new Broken("discount", "discount", "exceeds your limit of " + allowed.toPlainString() + " %"));
        }
    }

    /** How much cheaper than by the catalogue. */
    private static BigDecimal percentOff(SaleContent sale) {
        BigDecimal full = BigDecimal.ZERO;
        for (Line line : sale.lines()) {
            BigDecimal catalogue = cataloguePrice(line, sale);
            full = full.add(
                    catalogue == null
                            ? line.sum()
                            : catalogue.multiply(line.quantity()).setScale(2, RoundingMode.HALF_UP));
        }
        return full.signum() <= 0
                ? BigDecimal.ZERO
                : full.subtract(sale.total()).multiply(HUNDRED).divide(full, 4, RoundingMode.HALF_UP);
    }

    private static void rounding(SaleContent sale, List<Payment> payments, Settlement settled, List<Broken> broken) {
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
            broken.add(new Broken("rounding", "rounding", "is not what is due in cash, rounded"));
        }
    }
}
