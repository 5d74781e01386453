package uz.ksb.pos.sales.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.Property;
import uz.ksb.pos.sales.delivery.CreateSalesDocument.PaymentRow;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.money.SaleArithmetic.Settlement;
import uz.ksb.pos.sales.sale.domain.content.Payment;

class CreateSalesDocumentTest {
    private static final Map<String, BigDecimal> RATES =
            Map.of("UZS", new BigDecimal("1"), "USD", new BigDecimal("12700"), "EUR", new BigDecimal("13913.477"));

    @Test
    void changeOfAForeignNoteIsANegativeRowOfCash() {
        assertThat(CreateSalesDocument.payments(
                        "UZS", List.of(paid(Means.CASH, "1.00", "USD")), new BigDecimal("700.00")))
                .containsExactly(row("USD", "1.00"), row("UZS", "-700.00"));
    }

    @Test
    void changeIsTakenFromCashInTheSalesCurrencyFirst() {
        List<Payment> payments = List.of(paid(Means.CASH, "1.00", "USD"), paid(Means.CASH, "100.00", "UZS"));
        assertThat(CreateSalesDocument.payments("UZS", payments, new BigDecimal("60.00")))
                .containsExactly(row("USD", "1.00"), row("UZS", "40.00"));
    }

    @Test
    void sumsOfTheRowsAreExactlyWhatWasPaid() {
        Property.forAll(2_000, random -> {
            String currency = oneOf(random, "UZS", "USD", "EUR");
            List<Payment> payments = payments(random);
            BigDecimal total = amount(random, 2_000_000);
            BigDecimal rounding = amount(random, 10_000).subtract(new BigDecimal("50.00"));
            Settlement settled = SaleArithmetic.settle(
                    total,
                    rounding,
                    RATES.get(currency),
                    payments.stream()
                            .map(paid -> new SaleArithmetic.Paid(paid.kind(), paid.amount(), paid.rate()))
                            .toList());

            List<PaymentRow> rows = CreateSalesDocument.payments(currency, payments, settled.change());

            assertThat(rows.stream()
                            .map(row ->
                                    SaleArithmetic.converted(row.sum(), RATES.get(row.currency()), RATES.get(currency)))
                            .reduce(BigDecimal.ZERO, BigDecimal::add))
                    .isEqualByComparingTo(
                            settled.paid().subtract(settled.debt()).subtract(settled.change()));
            assertThat(rows.stream().filter(row -> !row.currency().equals(currency)))
                    .extracting(PaymentRow::sum)
                    .containsExactlyElementsOf(payments.stream()
                            .filter(paid -> paid.kind() != Means.DEBT
                                    && !paid.currency().equals(currency))
                            .map(Payment::amount)
                            .toList());
            // Without a shortage or an excess this is total + rounding - debt.
            if (settled.missing().signum() == 0 && settled.excess().signum() == 0) {
                assertThat(settled.paid().subtract(settled.change())).isEqualByComparingTo(total.add(rounding));
            }
        });
    }

    private static List<Payment> payments(RandomGenerator random) {
        List<Payment> payments = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            String currency = oneOf(random, "UZS", "USD", "EUR");
            payments.add(paid(
                    Means.values()[random.nextInt(3)],
                    amount(random, currency.equals("UZS") ? 2_000_000 : 200).toPlainString(),
                    currency));
        }
        return payments;
    }

    private static Payment paid(Means kind, String amount, String currency) {
        return new Payment(kind, new BigDecimal(amount), currency, RATES.get(currency), null, "naqd", null, null);
    }

    private static PaymentRow row(String currency, String sum) {
        return new PaymentRow("naqd", currency, new BigDecimal(sum), null, null);
    }

    private static BigDecimal amount(RandomGenerator random, int most) {
        return BigDecimal.valueOf(random.nextLong(most * 100L), 2);
    }

    private static String oneOf(RandomGenerator random, String... values) {
        return values[random.nextInt(values.length)];
    }
}
