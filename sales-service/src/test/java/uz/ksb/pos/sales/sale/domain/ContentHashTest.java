package uz.ksb.pos.sales.sale.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.CUSTOMER;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.NOW;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aReturnOf;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aReturnWithoutReceipt;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aSale;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.card;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.cash;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.cashier;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.line;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.sales.sale.domain.SaleDsl.SaleText;
import uz.ksb.pos.sales.sale.domain.content.NewSale;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;

class ContentHashTest {
    @Test
    void idNumberAndFormOfDecimalsMakeNoDifference() {
        SaleText again = aSale().with(line("Shakar").times("2.000").at("520.00"))
                .numbered(7)
                .paid(cash("1040.0"));

        assertThat(hash(again)).isEqualTo(hash(sugar()));
    }

    @Test
    void everyValueOfTheContentCounts() {
        Stream<SaleText> different = Stream.of(
                sugar(),
                sugar().to(CUSTOMER),
                sugar().discounted("1"),
                sugar().paid(cash("1041")),
                sugar().paid(card("1040")),
                sugar().paid(cash("1000"), cash("40")),
                sugar().in("USD", "12650.5"),
                sugar().with(line("Un")),
                aSale().with(line("Un"), line("Shakar").times("2").at("520")).paid(cash("1040")),
                aSale().with(line("Shakar").times("3").at("520")).paid(cash("1040")),
                aSale().with(line("Shakar").times("2").at("521")).paid(cash("1040")),
                aSale().with(line("Shakar").as("1").times("2").at("520")).paid(cash("1040")),
                aReturnWithoutReceipt()
                        .with(line("Shakar").times("2").at("520"))
                        .paid(cash("1040")));

        assertThat(Stream.concat(different.map(ContentHashTest::hash), Stream.of(hash(sugar(), NOW.plusSeconds(1)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void aReturnByReceiptIsToldByWhatComesBack() {
        CompletedSale receipt = sugar().offline();

        assertThat(hash(aReturnOf(receipt)
                        .with(line("Shakar").at("1"), line("Shakar").at("520"))
                        .paid(cash("1040"))))
                .isEqualTo(hash(aReturnOf(receipt)
                        .with(line("Shakar").times("2").at("520"))
                        .to(CUSTOMER)
                        .paid(cash("1040"))))
                .isNotEqualTo(
                        hash(aReturnOf(receipt).with(line("Shakar").at("520")).paid(cash("1040"))));
    }

    @Test
    void noTextPassesForTwo() {
        assertThat(hash(aSale().with(line("b").as("a1:")).paid(cash("1"))))
                .isNotEqualTo(hash(aSale().with(line("1:b").as("a")).paid(cash("1"))));
    }

    private static SaleText sugar() {
        return aSale().with(line("Shakar").times("2").at("520")).paid(cash("1040"));
    }

    private static String hash(SaleText sale) {
        return hash(sale, NOW);
    }

    private static String hash(SaleText sale, Instant completedAt) {
        NewSale text = sale.text();
        return ContentHash.of(SaleContent.of(text, cashier()), text.payments(), completedAt);
    }
}
