package uz.ksb.pos.sales.sale.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.HOUSE;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.NOW;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aSale;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.cashier;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.line;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.catalogue.CatalogueProduct;
import uz.ksb.pos.sales.catalogue.CatalogueProduct.Price;
import uz.ksb.pos.sales.catalogue.StockRule;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.rules.CatalogueRules;

/** A price in another currency than the house's, at 12 650.50 so'm for a dollar. */
class CataloguePricesTest {
    @ParameterizedTest
    @CsvSource({
        "100, UZS, USD, 0.0079, true",
        "100, UZS, USD, 0.01, true",
        "100, UZS, USD, 0.0001, false",
        "100, UZS, USD, 0, false",
        "100, UZS, USD, 0.0078, false",
        "10, UZS, USD, 0, false",
        "2.35, USD, UZS, 29728.68, true",
        "2.35, USD, UZS, 29728.67, true",
        "2.35, USD, UZS, 29728.66, false",
        "100, UZS, UZS, 99.9999, false",
    })
    void aConvertedPriceIsTheHousesUpToItsRounding(
            String price, String currency, String soldIn, String asked, boolean allowed) {
        assertThat(found(price, currency, soldIn, asked, seller(false, null)).isEmpty())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"0.0079, true", "0.0078, true", "0.0075, false", "0.0001, false", "0, false"})
    void aDiscountIsMeasuredAgainstTheExactPrice(String asked, boolean allowed) {
        assertThat(found("100", "UZS", "USD", asked, seller(true, "5")).isEmpty())
                .isEqualTo(allowed);
    }

    private static List<RuleViolation> found(
            String price, String currency, String soldIn, String asked, Seller seller) {
        CatalogueProduct product = new CatalogueProduct(
                "Un",
                currency,
                List.of(new Price("chakana", new BigDecimal(price), null)),
                1,
                List.of(),
                List.of(),
                List.of(),
                false);
        SaleContent sale = SaleContent.of(
                aSale().in(soldIn, null).with(line("Un", "1000", asked)).text(), cashier());
        return CatalogueRules.pricing(
                sale, seller, new Catalogue(true, StockRule.WARN, Map.of("Un", product)), HOUSE.rates(), NOW);
    }

    private static Seller seller(boolean mayChangePrice, String maxDiscount) {
        return new Seller(
                "10000001",
                "019a9f4e-0000-7000-8000-0000000000dd",
                "2",
                "kassir",
                false,
                ZoneId.of("Asia/Tashkent"),
                LocalTime.MIDNIGHT,
                "UZS",
                SaleDsl.decimal(maxDiscount),
                mayChangePrice,
                true,
                List.of(),
                false);
    }
}
