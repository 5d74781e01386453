package uz.ksb.pos.sales.sale.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aReturnWithoutReceipt;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aSale;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.cashier;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.line;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.manager;

import java.util.UUID;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.ksb.pos.sales.sale.domain.SaleDsl.SaleText;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.rules.SaleRules;

class SaleRulesTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0, ",
        "0.001, 999.9999, ",
        "1, -1, lines[0].price",
        "1, 1.00001, lines[0].price",
        "0, 1, lines[0].quantity",
        "-1, 1, lines[0].quantity",
        "0.0001, 1, lines[0].quantity",
    })
    void pricesAndQuantitiesAreBounded(String quantity, String price, String broken) {
        ListAssert<String> found =
                assertBroken(aSale().with(line("Un").times(quantity).at(price)), cashier());

        if (broken == null) {
            found.isEmpty();
        } else {
            found.contains(broken);
        }
    }

    @Test
    void aLineIdStandsOnce() {
        assertBroken(aSale().with(line("Un"), line("Tuz").as("Un")), cashier()).containsExactly("lines[1].lineId");
    }

    @Test
    void aDiscountIsAnAmountOfAtMostTheSum() {
        assertBroken(aSale().with(line("Un").at("100")).discounted("100"), cashier())
                .isEmpty();
        assertBroken(aSale().with(line("Un").at("100")).discounted("100.01"), cashier())
                .containsExactly("discount.amount");
        assertBroken(aSale().with(line("Un").at("100")).discounted("-1"), cashier())
                .containsExactly("discount");
        assertBroken(aSale().with(line("Un").at("100")).discounted("1.001"), cashier())
                .containsExactly("discount");
    }

    @Test
    void theCurrencyIsMoney() {
        assertBroken(aSale().in("EUR", "1").with(line("Un")), cashier()).isEmpty();
        assertBroken(aSale().in("XAU", "1").with(line("Un")), cashier()).containsExactly("currency");
        assertBroken(aSale().in("ABC", "1").with(line("Un")), cashier()).containsExactly("currency");
    }

    @Test
    void onlyAManagerReturnsWithoutAReceipt() {
        assertBroken(aReturnWithoutReceipt().with(line("Un")), cashier()).containsExactly("kind");
        assertBroken(aReturnWithoutReceipt().with(line("Un")), manager()).isEmpty();
    }

    @Test
    void aSaleNamesNoReceipt() {
        assertBroken(aSale().naming(UUID.randomUUID()).with(line("Un")), manager())
                .containsExactly("returnOf");
    }

    private static ListAssert<String> assertBroken(SaleText sale, Seller seller) {
        return assertThat(SaleRules.violations(SaleContent.of(sale.text(), seller), seller).stream()
                .map(RuleViolation::field)
                .toList());
    }
}
