package uz.ksb.pos.sales.sale.domain.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.catalogue.CatalogueProduct;
import uz.ksb.pos.sales.catalogue.CatalogueProduct.Price;
import uz.ksb.pos.sales.catalogue.StockRule;
import uz.ksb.pos.sales.money.SaleArithmetic;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.sale.domain.content.Seller;

/**
 * What a sale must keep to by the catalogue: prices, discount and stock. A price that the catalogue does not tell is the one
 * the till names as {@code basePrice}, if any; a product in another currency is converted by the line's rate.
 */
public final class CatalogueRules {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal ONE_CENT = new BigDecimal("0.01");

    private final SaleContent sale;
    private final Seller seller;
    private final Catalogue catalogue;
    private final List<RuleViolation> broken = new ArrayList<>();
    private final List<String> marks = new ArrayList<>();

    private CatalogueRules(SaleContent sale, Seller seller, Catalogue catalogue) {
        this.sale = sale;
        this.seller = seller;
        this.catalogue = catalogue;
    }

    /**
     * @param broken what refuses a sale that is not paid yet
     * @param marks what only flags it
     */
    public record Verdict(List<RuleViolation> broken, List<String> marks) {
        public List<String> flags() {
            return Stream.concat(broken.stream().map(RuleViolation::flag), marks.stream())
                    .distinct()
                    .toList();
        }
    }

    /** Prices and discount. */
    public static Verdict pricing(SaleContent sale, Seller seller, Catalogue catalogue) {
        return new CatalogueRules(sale, seller, catalogue).judgePrices().verdict();
    }

    /**
     * Prices, discount and stock.
     *
     * @param taken from the stock besides, by product and warehouse; what this sale takes is added
     */
    public static Verdict selling(SaleContent sale, Seller seller, Catalogue catalogue, Map<String, BigDecimal> taken) {
        return new CatalogueRules(sale, seller, catalogue)
                .judgePrices()
                .judgeStock(taken)
                .verdict();
    }

    /** Whether anything of {@link #pricing} can refuse what this seller writes; if not, the catalogue need not be asked. */
    public static boolean bind(Seller seller) {
        return !seller.mayChangePrice()
                || seller.maxDiscountPercent() != null
                        && seller.maxDiscountPercent().compareTo(HUNDRED) < 0;
    }

    private Verdict verdict() {
        return new Verdict(broken, marks.stream().distinct().toList());
    }

    private CatalogueRules judgePrices() {
        // By a receipt the prices are those of the receipt.
        if (sale.kind() == SaleKind.RETURN && sale.returnOf() != null) {
            return this;
        }
        BigDecimal full = BigDecimal.ZERO;
        for (int i = 0; i < sale.lines().size(); i++) {
            Line line = sale.lines().get(i);
            Optional<BigDecimal> price = price(line);
            if (!seller.mayChangePrice() && price.isPresent() && price.get().compareTo(line.price()) != 0) {
                broken.add(new RuleViolation("price", "lines[" + i + "].price", "you may not change prices"));
            }
            full = full.add(price.map(one -> one.multiply(line.quantity()).setScale(2, RoundingMode.HALF_UP))
                    .orElse(line.sum()));
        }
        discount(full);
        return this;
    }

    private void discount(BigDecimal full) {
        BigDecimal allowed = seller.maxDiscountPercent();
        if (sale.kind() != SaleKind.SALE || allowed == null || full.signum() <= 0) {
            return;
        }
        BigDecimal percentOff = full.subtract(sale.total()).multiply(HUNDRED).divide(full, 4, RoundingMode.HALF_UP);
        if (percentOff.compareTo(allowed) > 0) {
            broken.add(new RuleViolation(
                    "discount", "discount", "exceeds your limit of " + allowed.toPlainString() + " %"));
        }
    }

    /** In the sale's currency; converted ones may be rounded half up or cut off. */
    private record Possible(BigDecimal price, boolean converted) {
        boolean fits(BigDecimal asked) {
            BigDecimal difference = price.subtract(asked).abs();
            return converted ? difference.compareTo(ONE_CENT) < 0 : difference.signum() == 0;
        }
    }

    /** The one of the line's possible prices that it has; else the lowest of the present ones, else what the till names. */
    private Optional<BigDecimal> price(Line line) {
        if (catalogue.misses(line.productId())) {
            marks.add("unknown-product");
        }
        Optional<CatalogueProduct> product = catalogue.find(line.productId());
        if (product.isEmpty()) {
            return named(line);
        }
        if (possible(product.get(), line, line.priceVersion()).anyMatch(one -> one.fits(line.price()))) {
            return Optional.of(line.price());
        }
        Optional<BigDecimal> lowest =
                possible(product.get(), line, null).map(Possible::price).min(BigDecimal::compareTo);
        if (lowest.isEmpty()) {
            marks.add("unknown-price");
        }
        return lowest.or(() -> named(line));
    }

    private Stream<Possible> possible(CatalogueProduct product, Line line, Long version) {
        return product.pricesFor(sale.priceType(), version).stream().flatMap(price -> converted(price, line).stream());
    }

    private Optional<BigDecimal> named(Line line) {
        return line.baseCurrency() == null || line.baseCurrency().equals(sale.currency())
                ? Optional.ofNullable(line.basePrice())
                : Optional.empty();
    }

    /** Empty when neither sale nor line says by which rate. */
    private Optional<Possible> converted(Price price, Line line) {
        if (price.currency() == null || price.currency().equals(sale.currency())) {
            return Optional.of(new Possible(price.price(), false));
        }
        BigDecimal rate = price.currency().equals(sale.mainCurrency())
                ? BigDecimal.ONE
                : price.currency().equals(line.baseCurrency()) ? line.rate() : null;
        return rate == null || rate.signum() <= 0 || sale.rate().signum() <= 0
                ? Optional.empty()
                : Optional.of(new Possible(SaleArithmetic.converted(price.price(), rate, sale.rate()), true));
    }

    private CatalogueRules judgeStock(Map<String, BigDecimal> taken) {
        if (sale.kind() == SaleKind.RETURN || catalogue.stockRule() == StockRule.ALLOW) {
            return this;
        }
        for (int i = 0; i < sale.lines().size(); i++) {
            Line line = sale.lines().get(i);
            String warehouse = sale.warehouseOf(line);
            BigDecimal quantity = taken.merge(line.productId() + "\n" + warehouse, line.quantity(), BigDecimal::add);
            Optional<BigDecimal> stock =
                    catalogue.find(line.productId()).flatMap(product -> product.stockIn(warehouse));
            if (stock.isPresent() && quantity.compareTo(stock.get()) > 0) {
                lacking(i, stock.get());
            }
        }
        return this;
    }

    private void lacking(int i, BigDecimal stock) {
        if (catalogue.stockRule() == StockRule.FORBID) {
            String left = stock.max(BigDecimal.ZERO).stripTrailingZeros().toPlainString();
            broken.add(new RuleViolation("stock", "lines[" + i + "].quantity", "exceeds the stock of " + left));
        } else {
            marks.add("stock");
        }
    }
}
