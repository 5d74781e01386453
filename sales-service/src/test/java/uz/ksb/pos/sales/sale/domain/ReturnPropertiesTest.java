package uz.ksb.pos.sales.sale.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.CUSTOMER;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aReturnOf;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aSale;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.back;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.known;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.line;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.payment;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.takeBack;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.Property;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.SaleDsl.SaleText;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.NewReturn.ReturnedLine;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment;
import uz.ksb.pos.sales.sale.domain.content.Payment;

/** Any sale, given back in pieces of any size and order: never more than was paid, and at the end exactly that. */
class ReturnPropertiesTest {
    /** Of the house. */
    private static final BigDecimal DOLLAR = new BigDecimal("12650.50");

    @Test
    void piecesNeverGiveBackMoreThanWasPaidAndAtTheEndExactlyThat() {
        Property.forAll(2_000, random -> {
            CompletedSale sold = anySale(random);
            BigDecimal paid = sold.content().due();
            List<CompletedSale> returns = new ArrayList<>();
            BigDecimal given = BigDecimal.ZERO;
            while (true) {
                List<ReturnedLine> piece = anyPiece(random, Receipt.of(sold, returns));
                if (piece.isEmpty()) {
                    break;
                }
                CompletedSale back = comingBack(random, Receipt.of(sold, returns), piece);
                returns.add(back);
                given = given.add(back.content().due());
                assertThat(back.content().due()).isNotNegative();
                assertThat(given).isLessThanOrEqualTo(paid);
                assertThat(back.content().discount()).isNotNegative();
                assertMoneyOnlyAfterTheDebt(sold, returns);
            }
            assertThat(given).isEqualByComparingTo(paid);
            assertThat(debts(returns)).isEqualByComparingTo(debts(List.of(sold)));
            assertThat(sum(returns, true)).isEqualByComparingTo(sum(List.of(sold), true));
        });
    }

    @Test
    void anUnderpaidReceiptGivesBackNoMoreThanCameIn() {
        Property.forAll(2_000, random -> {
            BigDecimal price = BigDecimal.valueOf(random.nextInt(100, 2_000_000), 2);
            CompletedSale sold = aSale().to(CUSTOMER)
                    .with(line("p0").times("3").at(price.toPlainString()))
                    .paid(
                            payment(Means.DEBT, part(random, price).toPlainString(), "UZS"),
                            payment(Means.CARD, part(random, price).toPlainString(), "UZS"),
                            payment(Means.CASH, part(random, price).toPlainString(), "UZS"))
                    .offline();
            BigDecimal paid = sold.completion().paid();
            BigDecimal given = BigDecimal.ZERO;
            BigDecimal lowered = BigDecimal.ZERO;
            List<CompletedSale> returns = new ArrayList<>();
            while (true) {
                List<ReturnedLine> piece = anyPiece(random, Receipt.of(sold, returns));
                if (piece.isEmpty()) {
                    break;
                }
                CompletedSale back = comingBack(random, Receipt.of(sold, returns), piece);
                returns.add(back);
                given = given.add(back.completion().paid());
                lowered = debts(returns);
                assertThat(given).isLessThanOrEqualTo(paid);
                assertThat(given.subtract(lowered)).isLessThanOrEqualTo(paid.subtract(debts(List.of(sold))));
                assertMoneyOnlyAfterTheDebt(sold, returns);
            }
            assertThat(given).isEqualByComparingTo(paid);
            assertThat(lowered).isEqualByComparingTo(debts(List.of(sold)));
        });
    }

    /** By any of the three ways in. */
    private static CompletedSale comingBack(RandomGenerator random, Receipt receipt, List<ReturnedLine> piece) {
        int way = random.nextInt(3);
        if (way == 0) {
            return takeBack(receipt, null, piece.toArray(ReturnedLine[]::new));
        }
        SaleText back = aReturnOf(receipt.sale())
                .to(CUSTOMER)
                .in(receipt.sale().content().currency(), null);
        for (ReturnedLine line : piece) {
            back.with(line(line.lineId())
                    .times(line.quantity().toPlainString())
                    .at(priceOf(receipt, line.lineId()).toPlainString()));
        }
        CompletedSale brought =
                way == 1 ? back.online(known().withReceipt(receipt)) : back.offline(known().withReceipt(receipt));
        assertThat(brought.completion().flags()).isEmpty();
        assertThat(brought.delivery().hold()).isNull();
        return brought;
    }

    private static BigDecimal priceOf(Receipt receipt, String lineId) {
        return receipt.sale().content().lines().stream()
                .filter(line -> line.lineId().equals(lineId))
                .map(Line::price)
                .findFirst()
                .orElseThrow();
    }

    private static void assertMoneyOnlyAfterTheDebt(CompletedSale sold, List<CompletedSale> returns) {
        boolean paidOut = returns.getLast().completion().payments().stream()
                .anyMatch(paid -> !paid.is(Means.DEBT) && paid.amount().signum() > 0);
        if (paidOut) {
            assertThat(debts(returns)).isEqualByComparingTo(debts(List.of(sold)));
        }
    }

    /** In so'm or in dollars, paid and owed in both. */
    private static CompletedSale anySale(RandomGenerator random) {
        boolean inDollars = random.nextInt(3) == 0;
        String own = inDollars ? "USD" : "UZS";
        SaleText sale = aSale().to(CUSTOMER).in(own, null);
        BigDecimal total = BigDecimal.ZERO;
        for (int i = 0; i <= random.nextInt(3); i++) {
            BigDecimal price = BigDecimal.valueOf(random.nextInt(1, 2_000_000), 2);
            BigDecimal quantity = random.nextBoolean()
                    ? BigDecimal.valueOf(random.nextInt(1, 5))
                    : BigDecimal.valueOf(random.nextInt(1, 5_000), 3);
            sale.with(line("p" + i).times(quantity.toPlainString()).at(price.toPlainString()));
            total = total.add(price.multiply(quantity).setScale(2, RoundingMode.HALF_UP));
        }
        if (random.nextBoolean()) {
            BigDecimal off =
                    total.multiply(BigDecimal.valueOf(random.nextInt(60), 2)).setScale(2, RoundingMode.DOWN);
            sale.discounted(off.toPlainString());
            total = total.subtract(off);
        }
        List<NewPayment> payments = new ArrayList<>();
        BigDecimal rest = total;
        if (random.nextBoolean()) {
            rest = rest.subtract(pay(payments, Means.DEBT, part(random, rest), own));
        }
        for (Means means : List.of(Means.DEBT, Means.CARD, Means.CASH)) {
            if (random.nextInt(3) == 0) {
                rest = rest.subtract(payForeign(payments, means, part(random, rest), inDollars));
            }
        }
        if (random.nextBoolean()) {
            rest = rest.subtract(pay(payments, Means.CARD, part(random, rest), own));
        }
        BigDecimal rounding = SaleArithmetic.cashRounding(rest, BigDecimal.valueOf(100));
        if (!inDollars && random.nextBoolean() && rest.add(rounding).signum() > 0) {
            sale.rounded(rounding.toPlainString());
            rest = rest.add(rounding);
        }
        pay(payments, Means.CASH, rest, own);
        return sale.paid(payments.toArray(NewPayment[]::new)).online();
    }

    /** @return what it comes to in the sale's currency, at most {@code most} */
    private static BigDecimal payForeign(List<NewPayment> payments, Means means, BigDecimal most, boolean inDollars) {
        BigDecimal foreign = inDollars
                ? most.multiply(DOLLAR).setScale(0, RoundingMode.DOWN)
                : most.divide(DOLLAR, 2, RoundingMode.DOWN);
        pay(payments, means, foreign, inDollars ? "UZS" : "USD");
        return inDollars
                ? SaleArithmetic.converted(foreign, BigDecimal.ONE, DOLLAR)
                : SaleArithmetic.converted(foreign, DOLLAR, BigDecimal.ONE);
    }

    @CanIgnoreReturnValue
    private static BigDecimal pay(List<NewPayment> payments, Means kind, BigDecimal amount, String currency) {
        payments.add(payment(kind, amount.toPlainString(), currency));
        return amount;
    }

    private static BigDecimal part(RandomGenerator random, BigDecimal of) {
        return of.multiply(BigDecimal.valueOf(random.nextInt(101), 2)).setScale(2, RoundingMode.DOWN);
    }

    private static List<ReturnedLine> anyPiece(RandomGenerator random, Receipt receipt) {
        List<ReturnedLine> piece = new ArrayList<>();
        for (int i = 0; i < receipt.sale().content().lines().size(); i++) {
            BigDecimal left = receipt.sale().content().lines().get(i).quantity().subtract(receipt.returnedOf(i));
            BigDecimal quantity = random.nextInt(3) == 0
                    ? left
                    : left.multiply(BigDecimal.valueOf(random.nextInt(1, 100), 2))
                            .setScale(3, RoundingMode.UP);
            if (left.signum() > 0 && (random.nextBoolean() || piece.isEmpty())) {
                piece.add(back("p" + i, quantity.min(left).toPlainString()));
            }
        }
        return piece;
    }

    private static BigDecimal debts(List<CompletedSale> sales) {
        return sum(sales, false);
    }

    /** The debt payments in so'm and dollars together tell a difference in either. */
    private static BigDecimal sum(List<CompletedSale> sales, boolean inMainCurrency) {
        return sales.stream()
                .flatMap(sale -> sale.completion().payments().stream())
                .filter(paid -> paid.is(Means.DEBT))
                .map(paid -> inMainCurrency ? paid.amount().multiply(paid.rate()) : weighted(paid))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal weighted(Payment paid) {
        return paid.currency().equals("USD") ? paid.amount().multiply(new BigDecimal("1000000000")) : paid.amount();
    }
}
