package uz.ksb.pos.sales.sale.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.CUSTOMER;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.HOUSE;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.NOW;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aReturnOf;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aReturnWithoutReceipt;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aSale;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.back;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.card;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.cash;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.debt;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.knowing;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.known;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.line;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.payment;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.takeBack;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.problem.Problem;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.house.House;
import uz.ksb.pos.sales.house.Rates;
import uz.ksb.pos.sales.money.SaleArithmetic.Means;
import uz.ksb.pos.sales.sale.domain.Delivery.Hold;

/** A return is held to its receipt, whatever way it comes in. */
class ReturnsTest {
    private final CompletedSale sold = aSale().with(line("Shakar").times("2").at("520"))
            .rounded("-40")
            .paid(cash("1000"))
            .online();

    @Test
    void twoPiecesOfARoundedReceiptGiveBackWhatWasPaid() {
        CompletedSale first = takeBack(Receipt.of(sold, List.of()), null, back("Shakar", "1"));
        CompletedSale second = takeBack(Receipt.of(sold, List.of(first)), null, back("Shakar", "1"));
        assertThat(first.content().due()).isEqualByComparingTo("520");
        assertThat(second.content().due()).isEqualByComparingTo("480");
        assertThat(second.content().rounding()).isEqualByComparingTo("-40");
    }

    @Test
    void onlyTheCompletingPieceCarriesARoundingUp() {
        CompletedSale up = aSale().with(line("Non").times("3").at("320"))
                .rounded("40")
                .paid(cash("1000"))
                .online();
        CompletedSale one = takeBack(Receipt.of(up, List.of()), null, back("Non", "1"));
        CompletedSale two = takeBack(Receipt.of(up, List.of(one)), null, back("Non", "1"));
        CompletedSale three = takeBack(Receipt.of(up, List.of(one, two)), null, back("Non", "1"));
        assertThat(List.of(one, two, three))
                .extracting(piece -> piece.content().due().toPlainString())
                .containsExactly("320.00", "320.00", "360.00");
    }

    @Test
    void theDebtOfTheReceiptIsLoweredBeforeMoneyGoesOut() {
        CompletedSale owed = aSale().with(line("Un").times("2").at("500"))
                .to(CUSTOMER)
                .paid(debt("700"), cash("300"))
                .online();
        CompletedSale first = takeBack(Receipt.of(owed, List.of()), null, back("Un", "1"));
        assertThat(first.completion().payments()).singleElement().satisfies(paid -> {
            assertThat(paid.kind()).isEqualTo(Means.DEBT);
            assertThat(paid.amount()).isEqualByComparingTo("500");
        });
        CompletedSale second = takeBack(Receipt.of(owed, List.of(first)), null, back("Un", "1"));
        assertThat(second.completion().payments())
                .extracting(paid -> paid.kind() + " " + paid.amount().toPlainString())
                .containsExactly("DEBT 200.00", "CASH 300.00");
        assertThatThrownBy(() -> takeBack(Receipt.of(owed, List.of()), List.of(cash("500")), back("Un", "1")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("debt");
    }

    @Test
    void aDebtInDollarsComesBackInDollarsAtTheReceiptsRate() {
        CompletedSale owed = aSale().with(line("Un").times("2").at("6325.25"))
                .to(CUSTOMER)
                .paid(payment(Means.DEBT, "1.00", "USD"))
                .online();
        CompletedSale first = takeBack(Receipt.of(owed, List.of()), null, back("Un", "1"));
        CompletedSale second = takeBack(Receipt.of(owed, List.of(first)), null, back("Un", "1"));
        assertThat(first.content().due().add(second.content().due())).isEqualByComparingTo("12650.50");
        assertThat(first.completion().payments().getFirst().currency()).isEqualTo("USD");
        assertThat(first.completion()
                        .payments()
                        .getFirst()
                        .amount()
                        .add(second.completion().payments().getFirst().amount()))
                .isEqualByComparingTo("1");
    }

    @Test
    void aReturnOfAReturnIsRefusedByEveryWay() {
        CompletedSale back = takeBack(Receipt.of(sold, List.of()), null, back("Shakar", "2"));
        assertRefused(() -> takeBack(Receipt.of(back, List.of()), null, back("r-1", "1")));
        assertRefused(() -> aReturnOf(back)
                .with(line("Shakar").as("r-1").at("520"))
                .paid(cash("520"))
                .online(knowing(back)));
        assertHeld(aReturnOf(back)
                .with(line("Shakar").as("r-1").at("520"))
                .paid(cash("520"))
                .offline(knowing(back)));
    }

    @Test
    void anotherProductPriceOrCurrencyIsNotTheReceipts() {
        assertRefused(() -> aReturnOf(sold)
                .with(line("Un").as("Shakar").at("520"))
                .paid(cash("520"))
                .online(knowing(sold)));
        assertRefused(() ->
                aReturnOf(sold).with(line("Shakar").at("521")).paid(cash("521")).online(knowing(sold)));
        assertRefused(() -> aReturnOf(sold)
                .in("USD", "12650.50")
                .with(line("Shakar").at("520"))
                .paid(payment(Means.CASH, "520", "USD"))
                .online(knowing(sold)));
        assertHeld(aReturnOf(sold)
                .in("USD", "12650.50")
                .with(line("Shakar").at("520"))
                .paid(payment(Means.CASH, "520", "USD"))
                .offline(knowing(sold)));
    }

    @Test
    void theReceiptsSumsHoldWhateverTheTillSends() {
        CompletedSale whole = aReturnOf(sold)
                .with(line("Shakar").times("2").at("520"))
                .discounted("7")
                .rounded("1000000")
                .paid(cash("1000"))
                .online(knowing(sold));
        assertThat(whole.content().due()).isEqualByComparingTo("1000");
        assertHeld(aReturnOf(sold)
                .with(line("Shakar").times("2").at("520"))
                .rounded("1000000")
                .paid(cash("1001040"))
                .offline(knowing(sold)));
    }

    @Test
    void quantitiesAreSummedOverLinesAndReturns() {
        assertRefused(
                () -> takeBack(Receipt.of(sold, List.of()), null, back("Shakar", "1.5"), back("Shakar", "0.501")));
        CompletedSale first = takeBack(Receipt.of(sold, List.of()), null, back("Shakar", "1"), back("Shakar", "0.5"));
        assertThat(first.content().lines()).hasSize(2);
        assertRefused(() -> takeBack(Receipt.of(sold, List.of(first)), null, back("Shakar", "0.501")));
    }

    @Test
    void twoLinesWithOneIdOnAReceiptAreTwo() {
        CompletedSale twice = aSale().with(
                        line("Un").as("a").times("2").at("100"),
                        line("Tuz").as("a").at("30"))
                .paid(cash("230"))
                .offline();
        CompletedSale all = takeBack(Receipt.of(twice, List.of()), null, back("a", "3"));
        assertThat(all.content().due()).isEqualByComparingTo("230");
        assertThat(all.content().products()).containsExactly("Un", "Tuz");
        assertRefused(() -> takeBack(Receipt.of(twice, List.of(all)), null, back("a", "0.001")));
    }

    @Test
    void aSaleThatNamesAReceiptIsRefusedOnlineAndFlaggedOffline() {
        assertRefused(
                () -> aSale().naming(sold.id()).with(line("Un")).paid(cash("1")).online(knowing(sold)));
        CompletedSale offline =
                aSale().naming(sold.id()).with(line("Un")).paid(cash("1")).offline(knowing(sold));
        assertThat(offline.completion().flags()).contains("return");
        assertThat(offline.delivery().hold()).isNull();
    }

    @Test
    void anUnknownReceiptIsRefusedOnlineAndHeldOffline() {
        var text = aReturnOf(sold).with(line("Shakar").at("520")).paid(cash("520"));
        assertRefused(() -> text.online(known()));
        CompletedSale offline = text.offline(known());
        assertHeld(offline);
        assertThat(offline.completion().flags()).contains("unknown-return");
    }

    @Test
    void aHeldReturnCountsForItsReceipt() {
        CompletedSale tooMuch = aReturnOf(sold)
                .with(line("Shakar").times("2").at("520"))
                .paid(cash("1040"))
                .offline(knowing(sold));
        assertHeld(tooMuch);
        assertThat(tooMuch.totalChanges()).isNotEmpty();
        assertRefused(() -> takeBack(Receipt.of(sold, List.of(tooMuch)), null, back("Shakar", "1")));
    }

    @Test
    void aRepeatedReturnWithAnotherPaymentKindIsNotTheSame() {
        CompletedSale made = takeBack(Receipt.of(sold, List.of()), List.of(cash("520")), back("Shakar", "1"));
        assertThat(made.isReturn(sold.id(), again(made, List.of(cash("520.00")))))
                .isTrue();
        assertThat(made.isReturn(sold.id(), again(made, null))).isTrue();
        assertThat(made.isReturn(sold.id(), again(made, List.of(card("520"))))).isFalse();
    }

    @Test
    void onlyWhatWasPaidOfAnUnderpaidReceiptIsGivenBack() {
        CompletedSale unpaid = aSale().with(line("Zavod").at("1000000")).paid().offline();
        assertThat(takeBack(Receipt.of(unpaid, List.of()), null, back("Zavod", "1"))
                        .completion()
                        .paid())
                .isEqualByComparingTo("0");
        assertRefused(() -> takeBack(Receipt.of(unpaid, List.of()), List.of(cash("1000000")), back("Zavod", "1")));
        CompletedSale one =
                aSale().with(line("Zavod").at("1000000")).paid(cash("1")).offline();
        assertThat(takeBack(Receipt.of(one, List.of()), null, back("Zavod", "1"))
                        .completion()
                        .paid())
                .isEqualByComparingTo("1");
    }

    @Test
    void theReceiptsRateHoldsOnlyForTheMoneyThatCameIn() {
        House before = new House(
                HOUSE.cashRoundings(), null, new Rates(List.of(new Rates.Rate("USD", new BigDecimal("8000"), NOW))));
        CompletedSale dollar = aSale().with(line("Zavod").at("1270000"))
                .paid(payment(Means.CASH, "1", "USD"), cash("1262000"))
                .online(Known.of(Catalogue.UNKNOWN, before));
        Receipt receipt = Receipt.of(dollar, List.of());
        assertRefused(() -> takeBack(receipt, List.of(payment(Means.CASH, "158.75", "USD")), back("Zavod", "1")));
        assertRefused(() -> takeBack(
                receipt,
                List.of(payment(Means.CASH, "1", "USD"), payment(Means.CARD, "157.75", "USD")),
                back("Zavod", "1")));
        assertHeld(aReturnOf(dollar)
                .with(line("Zavod").at("1270000"))
                .paid(payment(Means.CASH, "158.75", "USD"))
                .offline(knowing(dollar)));
        CompletedSale back =
                takeBack(receipt, List.of(payment(Means.CASH, "1", "USD"), cash("1262000")), back("Zavod", "1"));
        assertThat(back.completion().payments().getFirst().rate()).isEqualByComparingTo("8000");
        assertThat(Receipt.of(dollar, List.of(back)).frozenRates().left().get("USD"))
                .isZero();
    }

    @Test
    void anOfflineReturnWithoutReceiptWaitsForAManager() {
        var text = aReturnWithoutReceipt().with(line("Un").at("10")).paid(cash("10"));
        assertRefused(text::online);
        CompletedSale offline = text.offline();
        assertThat(offline.completion().flags()).containsExactly("return-without-receipt");
        assertThat(offline.delivery().hold()).isEqualTo(Hold.RETURN);
        assertThat(offline.counts()).isTrue();
    }

    private static uz.ksb.pos.sales.sale.domain.content.NewReturn again(
            CompletedSale made, List<uz.ksb.pos.sales.sale.domain.content.NewSale.NewPayment> payments) {
        return new uz.ksb.pos.sales.sale.domain.content.NewReturn(
                made.id(), null, null, List.of(back("Shakar", "1.0")), payments, null, null, null, null);
    }

    @Test
    void aHeldReturnThatPaysMoreThanIsLeftIsFlagged() {
        CompletedSale sold = aSale().with(line("Non").times("2").at("520"))
                .rounded("-40")
                .paid(cash("1000"))
                .online();
        CompletedSale paid =
                aReturnOf(sold).with(line("Non").at("520")).paid(cash("520")).offline(knowing(sold));
        CompletedSale held = new CompletedSale(
                paid.ksbId(),
                paid.id(),
                1,
                paid.content(),
                paid.origin(),
                paid.completion(),
                paid.delivery().withHold(Hold.BLOCKED_DEVICE));
        CompletedSale other = takeBack(Receipt.of(sold, List.of()), null, back("Non", "1"));
        assertThat(held.taken(Receipt.of(sold, List.of())).completion().flags()).isEmpty();
        assertThat(held.taken(Receipt.of(sold, List.of(other))).completion().flags())
                .contains("return");
    }

    @Test
    void aNegativePieceGivesItsReceiptNothing() {
        CompletedSale sold = aSale().with(line("Non").times("2").at("500"))
                .paid(cash("1000"))
                .online();
        CompletedSale wrong = aReturnOf(sold)
                .with(line("Non").times("-5").at("500"))
                .paid(cash("-2500"))
                .offline(knowing(sold));
        assertThat(wrong.completion().flags()).contains("quantity", "payment", "return");
        Receipt receipt = Receipt.of(sold, List.of(wrong));
        assertThat(receipt.left()).isEqualByComparingTo("1000");
        assertRefused(() -> takeBack(receipt, null, back("Non", "2.001")));
    }

    @Test
    void aSaleThatGivesMoneyIsHeldAsAReturnWithoutReceipt() {
        for (var below : List.of(line("Non").times("-1").at("500"), line("Non").at("-500"))) {
            CompletedSale sale = aSale().with(below).paid(cash("-500")).offline();
            assertThat(sale.completion().flags()).contains("return-without-receipt", "payment");
            assertThat(sale.delivery().hold()).isEqualTo(Hold.RETURN);
            assertThat(sale.counts()).isTrue();
        }
    }

    @Test
    void whoBringsASaleLendsItsCashierNoRights() {
        assertThat(SaleDsl.manager().maker(null).manager()).isTrue();
        assertThat(SaleDsl.manager().maker("KASSIR").manager()).isTrue();
        assertThat(SaleDsl.manager().maker("boshqa").manager()).isFalse();
        assertThat(SaleDsl.manager().maker("boshqa").mayChangePrice()).isFalse();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable way) {
        assertThatThrownBy(way).isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.status())
                .isEqualTo(422));
    }

    private static void assertHeld(CompletedSale offline) {
        assertThat(offline.completion().flags()).contains("return");
        assertThat(offline.delivery().hold()).isEqualTo(Hold.RETURN);
        assertThat(offline.counts()).isTrue();
    }
}
