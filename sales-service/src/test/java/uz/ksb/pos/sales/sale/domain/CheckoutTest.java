package uz.ksb.pos.sales.sale.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.CUSTOMER;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.HOUSE;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.NOW;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aSale;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.card;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.cash;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.cashier;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.debt;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.known;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.line;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.payment;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.catalogue.CatalogueProduct;
import uz.ksb.pos.sales.catalogue.StockRule;
import uz.ksb.pos.sales.house.House;
import uz.ksb.pos.sales.house.Rates;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.SaleDsl.SaleText;
import uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment;
import uz.ksb.pos.sales.sale.domain.content.Payment;

/** The rules of money at the end of a sale. */
class CheckoutTest {
    @ParameterizedTest
    @CsvSource({
        "8972, 28, true",
        "8972, -72, false",
        "8949, -49, true",
        "8950, 50, true",
        "8950, -50, false",
        "8972, 128, false"
    })
    void cashIsRoundedToTheNearestMultipleOfTheStep(String price, String rounding, boolean allowed) {
        BigDecimal paid = new BigDecimal(price).add(new BigDecimal(rounding));
        SaleText sale = aSale().with(line("Un").at(price)).rounded(rounding).paid(cash(paid.toPlainString()));
        assertThat(sale.offline().completion().flags().contains("rounding")).isEqualTo(!allowed);
        if (!allowed) {
            assertRule("rounding", sale::online);
        }
    }

    @Test
    void roundingNeedsCashOfACurrencyThatHasAStep() {
        assertRule("rounding", () -> aSale().in("USD", null)
                .with(line("Un").at("499"))
                .rounded("-499.00")
                .paid(payment(Means.CASH, "0.00", "USD"))
                .online());
        assertRule("rounding", () -> aSale().with(line("Un").at("49"))
                .rounded("-49")
                .paid(cash("0"))
                .online());
        assertRule("rounding", () -> aSale().with(line("Un").at("49"))
                .rounded("-49")
                .paid(cash("100"))
                .online());
        assertRule("rounding", () -> aSale().with(line("Un").at("149"))
                .rounded("-49")
                .paid(card("100"))
                .online());
    }

    @Test
    void onlyWhatIsLeftToPayInCashIsRounded() {
        aSale().with(line("Un").at("1049"))
                .rounded("-49")
                .paid(card("500"), cash("500"))
                .online();
        assertRule("rounding", () -> aSale().with(line("Un").at("1049"))
                .rounded("51")
                .paid(card("500"), cash("600"))
                .online());
    }

    @ParameterizedTest
    @CsvSource({
        "12650.50, true",
        "12650500, false",
        "12900, true",
        "12395, false",
        "0.01, false",
        ", true",
    })
    void rateOfASaleIsTheHousesWithinTwoPercent(String rate, boolean allowed) {
        SaleText sale = aSale().in("USD", rate).with(line("Un").at("1")).paid(payment(Means.CASH, "1", "USD"));
        assertThat(sale.offline().completion().flags().contains("rate")).isEqualTo(!allowed);
        if (allowed) {
            assertThat(sale.online().content().rate()).isPositive();
        } else {
            assertRule("rate", sale::online);
        }
    }

    @Test
    void aCurrencyWithoutARateCannotBePaidOrOwedIn() {
        for (Means kind : List.of(Means.CASH, Means.DEBT)) {
            SaleText sale = aSale().to(CUSTOMER).with(line("Un").at("1")).paid(payment(kind, "1", "EUR"));
            assertRule("rate", sale::online);
            assertThat(sale.offline().completion().flags()).contains("rate");
        }
    }

    @Test
    void theMainCurrencysRateIsOne() {
        assertRule(
                "rate",
                () -> aSale().in("UZS", "2").with(line("Un")).paid(cash("1")).online());
        NewPayment wrong = new NewPayment(Means.CASH, BigDecimal.ONE, "UZS", BigDecimal.TEN, null, null, null, null);
        assertRule("rate", () -> aSale().with(line("Un")).paid(wrong).online());
    }

    @Test
    void aRateOfTheDayBeforeStillCounts() {
        Rates changed = new Rates(List.of(
                new Rates.Rate("USD", new BigDecimal("10000"), NOW.minus(Duration.ofDays(9))),
                new Rates.Rate("USD", new BigDecimal("12000"), NOW.minus(Duration.ofHours(23))),
                new Rates.Rate("USD", new BigDecimal("14000"), NOW.minus(Duration.ofHours(2)))));
        assertThat(changed.allow("USD", new BigDecimal("10000"), NOW)).isTrue();
        assertThat(changed.allow("USD", new BigDecimal("10000"), NOW.plus(Duration.ofHours(2))))
                .isFalse();
        assertThat(changed.allow("USD", new BigDecimal("14280"), NOW)).isTrue();
        assertThat(changed.allow("USD", new BigDecimal("14280.01"), NOW)).isFalse();
        assertThat(changed.at("USD", NOW))
                .hasValueSatisfying(rate -> assertThat(rate).isEqualByComparingTo("14000"));
        assertThat(changed.at("EUR", NOW)).isEmpty();
    }

    @Test
    void aSaleAboveTheLimitIsNoSale() {
        aSale().with(line("Zavod").at("999999999999.99"))
                .paid(cash("999999999999.99"))
                .online();
        SaleText sale = aSale().with(line("Zavod").times("2").at("999999999999.99"));
        assertThatThrownBy(sale::offline).isInstanceOf(Problem.class).hasMessageContaining("total");
        SaleText dollars = aSale().in("USD", "12650.50").with(line("Zavod").at("999999999"));
        assertThatThrownBy(dollars::offline).isInstanceOf(Problem.class).hasMessageContaining("total");
    }

    @Test
    void paymentsAreBoundedInNumberAndSum() {
        NewPayment[] many = IntStream.range(0, 101).mapToObj(i -> cash("1")).toArray(NewPayment[]::new);
        assertThatThrownBy(() -> aSale().with(line("Un")).paid(many).offline())
                .isInstanceOf(Problem.class)
                .hasMessageContaining("payments");
        assertThatThrownBy(() ->
                        aSale().with(line("Un")).paid(cash("100000000000000")).offline())
                .isInstanceOf(Problem.class)
                .hasMessageContaining("amount");
    }

    @Test
    void cashAboveTheEnterprisesLimitIsRefused() {
        House limited = new House(HOUSE.cashRoundings(), new BigDecimal("1000"), HOUSE.rates());
        Known known = Known.of(Catalogue.UNKNOWN, limited);
        aSale().with(line("Un").at("1000")).paid(cash("5000")).online(known);
        SaleText above = aSale().with(line("Un").at("1000.01")).paid(cash("1000.01"));
        assertRule("cash", () -> above.online(known));
        assertThat(above.offline(known).completion().flags()).contains("cash");
    }

    @ParameterizedTest
    @CsvSource({"100, 1000, true", "0, 1100, true", "100.01, 999.99, false", "1100, 0, false"})
    void cashPaysNoProductForWhichTheLawForbidsIt(String cash, String card, boolean allowed) {
        Known known = Known.of(catalogue("Aroq"), HOUSE);
        SaleText sale =
                aSale().with(line("Un").at("100"), line("Aroq").at("1000")).paid(cash(cash), card(card));
        assertThat(sale.offline(known).completion().flags().contains("cash")).isEqualTo(!allowed);
        if (allowed) {
            sale.online(known);
        } else {
            assertRule("cash", () -> sale.online(known));
        }
        assertRule("cash", () -> aSale().with(line("Aroq").at("51"))
                .rounded("49")
                .paid(cash("100"))
                .online(known));
    }

    /** 63.26 so'm are half a cent and a bit: each counts as a cent. */
    @ParameterizedTest
    @CsvSource({"63.26, 100, false", "63.26, 2, true", "12650.50, 1, true"})
    void smallPaymentsGainNothingByTheirRounding(String amount, int times, boolean allowed) {
        NewPayment[] payments = Stream.generate(() -> payment(Means.CASH, amount, "UZS"))
                .limit(times)
                .toArray(NewPayment[]::new);
        SaleText sale = aSale().in("USD", null)
                .with(line("Un").at(times == 2 ? "0.02" : "1.00"))
                .paid(payments);
        if (allowed) {
            assertThat(sale.online(known()).completion().flags()).isEmpty();
        } else {
            assertRule("payment", () -> sale.online(known()));
        }
        assertThat(sale.offline().completion().flags().contains("payment")).isEqualTo(!allowed);
    }

    @Test
    void aLineKeepsTheMxikOfItsProductAsItWasSold() {
        SaleText sale =
                aSale().with(line("Un").at("100"), line("Tuz").at("100")).paid(cash("200"));
        Known known = Known.of(catalogue("Aroq"), HOUSE);

        for (CompletedSale sold : List.of(sale.online(known), sale.offline(known))) {
            assertThat(sold.content().lines().getFirst().mxik()).isEqualTo("mxik-Un");
            assertThat(sold.content().lines().getLast().mxik()).isNull();
        }
    }

    private static Catalogue catalogue(String notForCash) {
        return new Catalogue(
                true,
                StockRule.ALLOW,
                Stream.of("Un", notForCash)
                        .collect(Collectors.toMap(
                                id -> id,
                                id -> new CatalogueProduct(
                                        id,
                                        "UZS",
                                        List.of(),
                                        1,
                                        NOW,
                                        List.of(),
                                        List.of(),
                                        !id.equals(notForCash),
                                        "mxik-" + id,
                                        null,
                                        null,
                                        List.of(),
                                        false))));
    }

    @Test
    void anAmountIsKeptWithTwoDecimals() {
        SaleText sale = aSale().with(line("Un")).paid(cash("1.005"));
        assertRule("payment", sale::online);
        assertThat(sale.offline().completion().flags()).contains("payment");
        assertThat(sale.offline().completion().payments().getFirst().amount()).isEqualTo("1.01");
    }

    @Test
    void methodAndReferenceBelongToACard() {
        NewPayment qr = new NewPayment(Means.CARD, BigDecimal.ONE, "UZS", null, null, null, "qr", "RRN-1");
        assertThat(aSale().with(line("Un")).paid(qr).online().completion().payments())
                .first()
                .extracting(Payment::method, Payment::reference)
                .containsExactly("qr", "RRN-1");
        NewPayment cash = new NewPayment(Means.CASH, BigDecimal.ONE, "UZS", null, null, null, "qr", null);
        assertRule("payment", () -> aSale().with(line("Un")).paid(cash).online());
        assertThat(aSale().with(line("Un")).paid(cash).offline().completion().flags())
                .contains("payment");
        NewPayment endless = new NewPayment(Means.CARD, BigDecimal.ONE, "UZS", null, null, null, null, "1".repeat(101));
        assertThatThrownBy(() -> aSale().with(line("Un")).paid(endless).offline())
                .hasMessageContaining("reference");
    }

    @Test
    void aSaleWithoutLinesCannotBeFinished() {
        assertThatThrownBy(() -> aSale().paid().online())
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.status()).isEqualTo(422));
        assertThatThrownBy(() -> aSale().paid().offline()).isInstanceOf(Problem.class);
    }

    @ParameterizedTest
    @CsvSource({"0", "-5", "9007199254740992"})
    void numbersOfATillStartAtOne(long sequence) {
        SaleText sale = aSale().with(line("Un")).numbered(sequence).paid(cash("1"));
        assertThatThrownBy(sale::offline).hasMessageContaining("deviceSequence");
        assertThatThrownBy(sale::online).hasMessageContaining("deviceSequence");
    }

    @Test
    void aDebtNeedsACustomer() {
        SaleText sale = aSale().with(line("Un")).paid(debt("1"));
        assertRule("debt", sale::online);
        assertThat(sale.offline().completion().flags()).contains("debt");
    }

    @Test
    void aSaleOfYesterdayIsNotCompletedOnline() {
        OpenSale open = aSale().with(line("Un")).open(known());
        var late = new uz.ksb.pos.sales.sale.domain.content.NewCompletion(
                1,
                BigDecimal.ONE,
                List.of(cash("1")),
                null,
                null,
                null,
                NOW.minus(Duration.ofMinutes(61)).atOffset(java.time.ZoneOffset.UTC),
                1L,
                null,
                null,
                null);
        assertRule("clock", () -> open.complete(late, cashier(), SaleDsl.TIME, known()));
        // The till's clock is an hour slow: its sale is of now.
        var slow = uz.ksb.pos.sales.sale.domain.content.TillTime.of(
                NOW, NOW.minus(Duration.ofMinutes(61)).toString());
        assertThat(open.complete(late, cashier(), slow, known())
                        .sale()
                        .completion()
                        .completedAt())
                .isEqualTo(NOW);
    }

    private static void assertRule(String rule, ThrowingCallable way) {
        assertThatThrownBy(way).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.status()).isEqualTo(422);
            assertThat(problem.name()).isEqualTo("rule-" + rule);
        });
    }
}
