package uz.ksb.pos.sales.sale.domain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.Payment;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.sale.domain.rules.FrozenRates;

/** A finished sale with what its returns gave back so far. */
public record Receipt(CompletedSale sale, Returned returned) {
    private static final BigDecimal ZERO = new BigDecimal("0.00");

    /** A debt of the receipt, in its currency and at its rate. */
    record Debt(String currency, BigDecimal rate, BigDecimal amount) {}

    /**
     * The sums of all returns of a receipt.
     *
     * @param quantities that came back, by the line's place
     * @param givenBack money and lowered debt together, in the sale's currency
     * @param rounding of the returns
     * @param lowered how much of the debt was lowered, by currency
     * @param paidOut in cash and by card, by currency
     */
    public record Returned(
            Map<Integer, BigDecimal> quantities,
            BigDecimal givenBack,
            BigDecimal rounding,
            Map<String, BigDecimal> lowered,
            Map<String, BigDecimal> paidOut) {
        public static final Returned NOTHING = new Returned(Map.of(), ZERO, ZERO, Map.of(), Map.of());

        /** Once this return counts, too. A negative amount of a wrong return gives the receipt nothing. */
        Returned and(CompletedSale back) {
            Map<Integer, BigDecimal> all = new HashMap<>(quantities);
            for (Line line : back.content().lines()) {
                if (line.returnOfIndex() != null && line.quantity().signum() > 0) {
                    all.merge(line.returnOfIndex(), line.quantity(), BigDecimal::add);
                }
            }
            Map<String, BigDecimal> debts = new HashMap<>(lowered);
            Map<String, BigDecimal> money = new HashMap<>(paidOut);
            for (Payment payment : back.completion().payments()) {
                (payment.is(Means.DEBT) ? debts : money)
                        .merge(payment.currency(), payment.amount().max(ZERO), BigDecimal::add);
            }
            return new Returned(
                    all,
                    givenBack.add(
                            back.content().due().max(back.completion().kept()).max(ZERO)),
                    rounding.add(back.content().rounding()),
                    debts,
                    money);
        }
    }

    public static Receipt of(CompletedSale sale, List<CompletedSale> returns) {
        return new Receipt(sale, Returned.NOTHING).after(returns);
    }

    /** Once these returns count, too. */
    public Receipt after(List<CompletedSale> returns) {
        Returned all = returned;
        for (CompletedSale back : returns) {
            all = all.and(back);
        }
        return new Receipt(sale, all);
    }

    /** Whether goods can come back by it. */
    boolean isSale() {
        return sale.content().kind() == SaleKind.SALE && sale.delivery().counts();
    }

    BigDecimal returnedOf(int line) {
        return returned.quantities().getOrDefault(line, BigDecimal.ZERO);
    }

    /** The most that may still be given back: of what was due only what was paid, and a debt counts as paid. */
    BigDecimal left() {
        return sale.content()
                .due()
                .min(sale.completion().kept())
                .subtract(returned.givenBack())
                .max(ZERO);
    }

    /** The debts that are left, in the order they were made; repayments are not told apart by receipt. */
    List<Debt> debts() {
        Map<String, BigDecimal> owed = new LinkedHashMap<>();
        Map<String, BigDecimal> rates = new HashMap<>();
        for (Payment payment : sale.completion().payments()) {
            if (payment.is(Means.DEBT)) {
                owed.merge(payment.currency(), payment.amount(), BigDecimal::add);
                rates.putIfAbsent(payment.currency(), payment.rate());
            }
        }
        List<Debt> debts = new ArrayList<>();
        owed.forEach((currency, amount) -> {
            BigDecimal left = amount.subtract(returned.lowered().getOrDefault(currency, ZERO));
            if (left.signum() > 0) {
                debts.add(new Debt(currency, rates.get(currency), left));
            }
        });
        return debts;
    }

    /**
     * The rates that a return keeps: of the sale's own currency, of the debts that are left, and of the money that came in and
     * did not go out yet. All else has the house's rate.
     */
    FrozenRates frozenRates() {
        Map<String, BigDecimal> ofDebts = new HashMap<>();
        debts().forEach(debt -> ofDebts.put(debt.currency(), debt.rate()));
        Map<String, BigDecimal> ofMoney = new HashMap<>();
        Map<String, BigDecimal> left = new HashMap<>();
        for (Payment payment : sale.completion().payments()) {
            if (!payment.is(Means.DEBT)) {
                ofMoney.putIfAbsent(payment.currency(), payment.rate());
                left.merge(payment.currency(), payment.amount(), BigDecimal::add);
            }
        }
        left.replaceAll((currency, amount) -> amount.subtract(returned.paidOut().getOrDefault(currency, ZERO)));
        return new FrozenRates(Map.of(sale.content().currency(), sale.content().rate()), ofDebts, ofMoney, left);
    }

    /** An amount of a debt in the sale's currency. */
    BigDecimal inSaleCurrency(Debt debt, BigDecimal amount) {
        return SaleArithmetic.converted(amount, debt.rate(), sale.content().rate());
    }
}
