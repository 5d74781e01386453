package uz.ksb.pos.sales.sale.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.HOUSE;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.NOW;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aReturnOf;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aReturnWithoutReceipt;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.aSale;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.cash;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.cashier;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.decimal;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.line;
import static uz.ksb.pos.sales.sale.domain.SaleDsl.seller;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.catalogue.CatalogueProduct;
import uz.ksb.pos.sales.catalogue.CatalogueProduct.Price;
import uz.ksb.pos.sales.catalogue.CatalogueProduct.Stock;
import uz.ksb.pos.sales.catalogue.StockRule;
import uz.ksb.pos.sales.sale.domain.SaleDsl.SaleText;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.Seller;
import uz.ksb.pos.sales.sale.domain.rules.CatalogueRules;

/** Prices, discounts and stock by the catalogue: sugar costs 12 000 so'm, 11 500 before, and 10 000 wholesale. */
class CatalogueRulesTest {
    private static final long PRESENT = 7;
    private static final Seller STRICT = seller(false, false, null);
    private static final Seller FREE = seller(false, true, null);

    private final Map<String, CatalogueProduct> products = new HashMap<>();
    private StockRule stockRule = StockRule.WARN;
    private Instant pricesSince = NOW;

    CatalogueRulesTest() {
        products.put("Shakar", sugar(List.of(), List.of()));
    }

    @Test
    void withoutTheRightAPriceIsTheCatalogues() {
        assertThat(broken(aSale().with(line("Shakar").at("12000")), STRICT)).isEmpty();
        assertThat(broken(aSale().with(line("Shakar").at("11999")), STRICT)).containsExactly("lines[0].price");
        assertThat(broken(aSale().with(line("Shakar").at("12001")), STRICT)).containsExactly("lines[0].price");
        assertThat(broken(aSale().with(line("Shakar").at("11999")), FREE)).isEmpty();
    }

    @Test
    void theFormerPriceHoldsForLinesOfItsTime() {
        assertThat(broken(aSale().with(line("Shakar").at("11500").pricedBy(PRESENT - 1)), STRICT))
                .isEmpty();
        assertThat(broken(aSale().with(line("Shakar").at("11500").pricedBy(PRESENT)), STRICT))
                .containsExactly("lines[0].price");
        assertThat(broken(aSale().with(line("Shakar").at("11500")), STRICT)).containsExactly("lines[0].price");
    }

    @Test
    void theFormerPriceHoldsForADay() {
        pricesSince = NOW.minus(Duration.ofHours(24));
        products.put("Shakar", sugar(List.of(), List.of()));
        assertThat(broken(aSale().with(line("Shakar").at("11500").pricedBy(PRESENT - 1)), STRICT))
                .containsExactly("lines[0].price");
    }

    @Test
    void aPriceTypeNarrowsThePrices() {
        assertThat(broken(aSale().with(line("Shakar").at("10000")), STRICT)).isEmpty();
        assertThat(broken(aSale().pricedAs("ulgurji").with(line("Shakar").at("10000")), STRICT))
                .isEmpty();
        assertThat(broken(aSale().pricedAs("chakana").with(line("Shakar").at("10000")), STRICT))
                .containsExactly("lines[0].price");
    }

    @Test
    void anUnknownProductIsMarkedAndPricedByTheTill() {
        SaleText named = aSale().with(line("Tuz").at("2900").listedAt("3000"));

        assertThat(verdict(named, STRICT).marks()).containsExactly(Flag.UNKNOWN_PRODUCT);
        assertThat(broken(named, STRICT)).containsExactly("lines[0].price");
        assertThat(broken(aSale().with(line("Tuz").at("2900")), STRICT)).isEmpty();
    }

    @Test
    void aProductWithoutSuchAPriceIsMarkedAndItsOthersBind() {
        SaleText sale = aSale().pricedAs("xodimlar").with(line("Shakar").at("10000"));

        assertThat(verdict(sale, STRICT).marks()).containsExactly(Flag.UNKNOWN_PRICE);
        assertThat(broken(sale, STRICT)).isEmpty();
        assertThat(broken(aSale().pricedAs("xodimlar").with(line("Shakar").at("9000")), STRICT))
                .containsExactly("lines[0].price");
        assertThat(broken(aSale().pricedAs("xodimlar").with(line("Shakar").at("9000")), seller(false, true, "5")))
                .containsExactly("discount");
    }

    @Test
    void aProductWithoutAnyPriceIsMarked() {
        products.put(
                "Shakar",
                new CatalogueProduct(
                        "Shakar", "UZS", List.of(), PRESENT, NOW, List.of(), List.of(), true, null, null, null,
                        List.of(), false));
        SaleText sale = aSale().pricedAs("chakana").with(line("Shakar").at("9000"));

        assertThat(verdict(sale, STRICT).marks()).containsExactly(Flag.UNKNOWN_PRICE);
        assertThat(broken(sale, STRICT)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "chakana, 12000, ",
        "chakana, 10000, lines[0].price",
        "ulgurji, 10000, priceType lines[0].price",
        "ulgurji, 12000, priceType",
        ", 12000, ",
        ", 10000, lines[0].price",
    })
    void aCashierSellsAtTheOwnPriceTypesOnly(String type, String price, String broken) {
        SaleText sale = aSale().pricedAs(type).with(line("Shakar").at(price));

        assertThat(broken(sale, seller(false, false, null, "chakana", "xodimlar")))
                .isEqualTo(broken == null ? List.of() : List.of(broken.split(" ")));
    }

    @Test
    void whoMayChangePricesMeasuresADiscountByTheOwnTypes() {
        Seller retail = seller(false, true, "5", "chakana");

        assertThat(broken(aSale().pricedAs("ulgurji").with(line("Shakar").at("11400")), retail))
                .isEmpty();
        assertThat(broken(aSale().pricedAs("ulgurji").with(line("Shakar").at("10000")), retail))
                .containsExactly("discount");
        assertThat(broken(aSale().with(line("Shakar").at("10000")), retail)).containsExactly("discount");
    }

    @Test
    void aCatalogueThatKnowsNothingJudgesNothing() {
        CatalogueRules.Verdict verdict = CatalogueRules.selling(
                content(aSale().with(line("Tuz").at("1"))),
                STRICT,
                Catalogue.UNKNOWN,
                HOUSE.rates(),
                NOW,
                new HashMap<>());

        assertThat(verdict.marks()).isEmpty();
        assertThat(verdict.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"12000, 1200, true", "12000, 1201, false", "10800, , true", "10799, , false", "13000, 1300, true"})
    void aDiscountIsMeasuredAgainstThePriceOfTheCatalogue(String price, String off, boolean allowed) {
        SaleText sale = aSale().pricedAs("chakana").with(line("Shakar").at(price));

        List<String> broken = broken(off == null ? sale : sale.discounted(off), seller(false, true, "10"));

        assertThat(broken).isEqualTo(allowed ? List.of() : List.of("discount"));
    }

    @Test
    void aReturnByReceiptIsPricedByItsReceipt() {
        CompletedSale sold =
                aSale().with(line("Shakar").at("1")).paid(cash("1")).offline();

        assertThat(broken(aReturnOf(sold).with(line("Shakar").at("1")), STRICT)).isEmpty();
    }

    @Test
    void aReturnWithoutReceiptHasTheCataloguesPrice() {
        assertThat(broken(aReturnWithoutReceipt().with(line("Shakar").at("1")), STRICT))
                .containsExactly("lines[0].price");
        assertThat(broken(aReturnWithoutReceipt().with(line("Shakar").at("1")), seller(false, true, "0")))
                .isEmpty();
    }

    @Test
    void moreThanTheStockIsForbiddenMarkedOrAllowed() {
        products.put("Shakar", sugar(List.of(new Stock("asosiy", decimal("5"))), List.of()));
        SaleText six = aSale().with(
                        line("Shakar").times("4").at("12000"),
                        line("Shakar").times("2").at("12000"));

        stockRule = StockRule.FORBID;
        assertThat(verdict(six, STRICT).violations())
                .extracting(RuleViolation::field, RuleViolation::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("lines[1].quantity", "exceeds the stock of 5"));
        stockRule = StockRule.WARN;
        assertThat(broken(six, STRICT)).isEmpty();
        assertThat(verdict(six, STRICT).marks()).containsExactly(Flag.STOCK);
        stockRule = StockRule.ALLOW;
        assertThat(verdict(six, STRICT).marks()).isEmpty();
    }

    @Test
    void soldAndTakenGoodsLowerTheStock() {
        stockRule = StockRule.FORBID;
        products.put(
                "Shakar",
                sugar(List.of(new Stock("asosiy", decimal("5"))), List.of(new Stock("asosiy", decimal("2")))));
        SaleText two = aSale().with(line("Shakar").times("2").at("12000"));

        assertThat(broken(two, STRICT)).isEmpty();
        assertThat(CatalogueRules.selling(
                                content(two),
                                STRICT,
                                catalogue(),
                                HOUSE.rates(),
                                NOW,
                                new HashMap<>(Map.of("Shakar\nnull", decimal("2"))))
                        .violations())
                .hasSize(1);
    }

    @Test
    void eachWarehouseHasItsOwnStock() {
        stockRule = StockRule.FORBID;
        products.put(
                "Shakar",
                sugar(List.of(new Stock("asosiy", decimal("5")), new Stock("ombor", decimal("1"))), List.of()));

        assertThat(broken(aSale().with(line("Shakar").times("2").at("12000").in("ombor")), STRICT))
                .containsExactly("lines[0].quantity");
        assertThat(broken(aSale().with(line("Shakar").times("2").at("12000").in("asosiy")), STRICT))
                .isEmpty();
    }

    @Test
    void goodsThatComeBackAndGoodsWithoutStockHaveNoLimit() {
        stockRule = StockRule.FORBID;
        assertThat(broken(aSale().with(line("Shakar").times("9").at("12000")), STRICT))
                .isEmpty();
        products.put("Shakar", sugar(List.of(new Stock("asosiy", decimal("0"))), List.of()));
        assertThat(broken(aReturnWithoutReceipt().with(line("Shakar").times("9").at("12000")), STRICT))
                .isEmpty();
    }

    @Test
    void aSellerWithAllRightsNeedsNoCatalogue() {
        assertThat(CatalogueRules.bind(FREE)).isFalse();
        assertThat(CatalogueRules.bind(seller(false, true, "100"))).isFalse();
        assertThat(CatalogueRules.bind(seller(false, true, "99.99"))).isTrue();
        assertThat(CatalogueRules.bind(STRICT)).isTrue();
    }

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
        products.put("Un", flour(price, currency));

        assertThat(broken(aSale().in(soldIn, null).with(line("Un").times("1000").at(asked)), STRICT)
                        .isEmpty())
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"0.0079, true", "0.0078, true", "0.0075, false", "0.0001, false", "0, false"})
    void aDiscountIsMeasuredAgainstTheExactPrice(String asked, boolean allowed) {
        products.put("Un", flour("100", "UZS"));

        assertThat(broken(aSale().in("USD", null).with(line("Un").times("1000").at(asked)), seller(false, true, "5"))
                        .isEmpty())
                .isEqualTo(allowed);
    }

    /** 4.90 dollars in a thousand pieces, each of which rounds to nothing; or to a cent less than it is. */
    @ParameterizedTest
    @CsvSource({"0.001, 1000, false", "0.003, 333, false", "0.333, 3, true", "1, 1, true"})
    void roundingOfSmallPiecesIsADiscount(String quantity, int lines, boolean allowed) {
        products.put("Un", flour("4.90", "USD"));
        SaleText sale = aSale().in("USD", null);
        for (int i = 0; i < lines; i++) {
            sale.with(line("Un").as("l" + i).times(quantity).at("4.90"));
        }

        assertThat(broken(sale, seller(false, false, "0"))).isEqualTo(allowed ? List.of() : List.of("discount"));
    }

    private CatalogueProduct sugar(List<Stock> stock, List<Stock> sold) {
        return new CatalogueProduct(
                "Shakar",
                "UZS",
                List.of(new Price("chakana", decimal("12000"), null), new Price("ulgurji", decimal("10000"), null)),
                PRESENT,
                pricesSince,
                List.of(new Price("chakana", decimal("11500"), null)),
                stock,
                true,
                null,
                null,
                null,
                sold,
                false);
    }

    private static CatalogueProduct flour(String price, String currency) {
        List<Price> prices = new ArrayList<>(List.of(new Price("chakana", decimal(price), null)));
        return new CatalogueProduct(
                "Un", currency, prices, 1, NOW, List.of(), List.of(), true, null, null, null, List.of(), false);
    }

    private Catalogue catalogue() {
        return new Catalogue(true, stockRule, products);
    }

    private static SaleContent content(SaleText sale) {
        return SaleContent.of(sale.text(), cashier());
    }

    private CatalogueRules.Verdict verdict(SaleText sale, Seller seller) {
        return CatalogueRules.selling(content(sale), seller, catalogue(), HOUSE.rates(), NOW, new HashMap<>());
    }

    /** The fields of the violations. */
    private List<String> broken(SaleText sale, Seller seller) {
        return verdict(sale, seller).violations().stream()
                .map(RuleViolation::field)
                .toList();
    }
}
