package uz.ksb.pos.sales.sale.domain.rules;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import uz.ksb.pos.sales.catalogue.Catalogue;
import uz.ksb.pos.sales.catalogue.CatalogueProduct;
import uz.ksb.pos.sales.catalogue.CatalogueProduct.Price;
import uz.ksb.pos.sales.catalogue.StockRule;
import uz.ksb.pos.sales.house.Rates;
import uz.ksb.pos.sales.sale.domain.content.Flag;
import uz.ksb.pos.sales.sale.domain.content.Line;
import uz.ksb.pos.sales.sale.domain.content.RuleViolation;
import uz.ksb.pos.sales.sale.domain.content.SaleContent;
import uz.ksb.pos.sales.sale.domain.content.SaleKind;
import uz.ksb.pos.sales.sale.domain.content.Seller;

/**
 * The catalogue's rules: prices, discount and stock. A product priced in another currency is converted by the house's rates
 * of the last 24 hours. Prices are those of the price type that the sale names, if the seller may sell at it; otherwise those
 * of all types that the seller may. Where a product has no such price, its others bind: a type's name frees nobody. Only a
 * product without any price has the till's {@code basePrice}, if it names one.
 */
public final class CatalogueRules {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal ONE_CENT = new BigDecimal("0.01");
    private static final BigDecimal ONE_PERCENT = new BigDecimal("0.01");
    private static final int EXACT_DECIMALS = 10;

    private final SaleContent sale;
    private final Seller seller;
    private final Catalogue catalogue;
    private final Rates rates;
    private final Instant at;
    private final List<RuleViolation> violations = new ArrayList<>();
    private final Set<Flag> marks = new LinkedHashSet<>();

    private CatalogueRules(SaleContent sale, Seller seller, Catalogue catalogue, Rates rates, Instant at) {
        this.sale = sale;
        this.seller = seller;
        this.catalogue = catalogue;
        this.rates = rates;
        this.at = at;
    }

    /**
     * @param violations refuse a sale that is not paid yet
     * @param marks only flag it
     */
    public record Verdict(List<RuleViolation> violations, Set<Flag> marks) {}

    /** Prices and discount. */
    public static List<RuleViolation> pricing(
            SaleContent sale, Seller seller, Catalogue catalogue, Rates rates, Instant at) {
        return new CatalogueRules(sale, seller, catalogue, rates, at).judgePrices().violations;
    }

    /**
     * Prices, discount and stock.
     *
     * @param at when the sale was made
     * @param taken from the stock besides, by product and warehouse; this sale's quantities are added
     */
    public static Verdict selling(
            SaleContent sale,
            Seller seller,
            Catalogue catalogue,
            Rates rates,
            Instant at,
            Map<String, BigDecimal> taken) {
        CatalogueRules rules = new CatalogueRules(sale, seller, catalogue, rates, at)
                .judgePrices()
                .judgeStock(taken);
        return new Verdict(rules.violations, rules.marks);
    }

    /**
     * Whether anything of {@link #pricing} can refuse what this seller writes; if not, the catalogue need not be asked.
     */
    public static boolean bind(Seller seller) {
        return !seller.mayChangePrice()
                || seller.maxDiscountPercent() != null
                        && seller.maxDiscountPercent().compareTo(HUNDRED) < 0;
    }

    private CatalogueRules judgePrices() {
        // By a receipt the prices are those of the receipt.
        if (sale.isReturnByReceipt()) {
            return this;
        }
        if (!seller.mayChangePrice() && sale.priceType() != null && !seller.maySellAs(sale.priceType())) {
            violations.add(new RuleViolation(Flag.PRICE, "priceType", "is none of yours"));
        }
        BigDecimal full = BigDecimal.ZERO;
        BigDecimal exact = BigDecimal.ZERO;
        for (int i = 0; i < sale.lines().size(); i++) {
            Line line = sale.lines().get(i);
            Optional<BigDecimal> price = price(line);
            boolean changed = price.isPresent() && price.get().compareTo(line.price()) != 0;
            if (!seller.mayChangePrice() && changed) {
                violations.add(new RuleViolation(Flag.PRICE, "lines[" + i + "].price", "you may not change prices"));
            }
            BigDecimal exactly = (changed ? price.get() : line.price()).multiply(line.quantity());
            full = full.add(changed ? exactly : line.sum());
            exact = exact.add(exactly);
        }
        discount(roundsAway(full, exact) ? exact : full);
        return this;
    }

    /** Whether the rounding of the lines takes so much that pieces were cut small for it: a thousand of them cost nothing. */
    private static boolean roundsAway(BigDecimal full, BigDecimal exact) {
        return exact.subtract(full).compareTo(ONE_CENT.max(exact.multiply(ONE_PERCENT))) > 0;
    }

    private void discount(BigDecimal full) {
        BigDecimal allowed = seller.maxDiscountPercent();
        if (sale.kind() != SaleKind.SALE || allowed == null || full.signum() <= 0) {
            return;
        }
        BigDecimal percentOff = full.subtract(sale.total()).multiply(HUNDRED).divide(full, 4, RoundingMode.HALF_UP);
        if (percentOff.compareTo(allowed) > 0) {
            violations.add(new RuleViolation(
                    Flag.DISCOUNT, "discount", "exceeds your limit of " + allowed.toPlainString() + " %"));
        }
    }

    /**
     * In the sale's currency, exactly. A converted one may be rounded half up to 2 or 4 decimals, or be less than a cent off
     * if that is at most 1 % of it; it is never 0.
     */
    private record Possible(BigDecimal price, boolean converted) {
        boolean fits(BigDecimal asked) {
            BigDecimal difference = price.subtract(asked).abs();
            if (!converted || difference.signum() == 0) {
                return difference.signum() == 0;
            }
            return asked.signum() > 0 && (isRounded(asked, 2) || isRounded(asked, 4) || isClose(difference));
        }

        private boolean isRounded(BigDecimal asked, int decimals) {
            return price.setScale(decimals, RoundingMode.HALF_UP).compareTo(asked) == 0;
        }

        private boolean isClose(BigDecimal difference) {
            return difference.compareTo(ONE_CENT) < 0 && difference.compareTo(price.multiply(ONE_PERCENT)) <= 0;
        }
    }

    /**
     * The one of the line's possible prices that it has; else the lowest of the present ones, else what the till names.
     * The product's prices of other types are possible where it has none of the wanted ones.
     */
    private Optional<BigDecimal> price(Line line) {
        if (catalogue.misses(line.productId())) {
            marks.add(Flag.UNKNOWN_PRODUCT);
        }
        Optional<CatalogueProduct> product = catalogue.find(line.productId());
        if (product.isEmpty()) {
            return named(line);
        }
        Optional<BigDecimal> price = price(product.get(), this::isWanted, line);
        if (price.isEmpty()) {
            marks.add(Flag.UNKNOWN_PRICE);
        }
        return price.or(() -> price(product.get(), type -> true, line)).or(() -> named(line));
    }

    private Optional<BigDecimal> price(CatalogueProduct product, Predicate<String> types, Line line) {
        return possible(product, types, line.priceVersion()).anyMatch(one -> one.fits(line.price()))
                ? Optional.of(line.price())
                : possible(product, types, null).map(Possible::price).min(BigDecimal::compareTo);
    }

    private boolean isWanted(String priceType) {
        boolean narrowed = sale.priceType() != null && seller.maySellAs(sale.priceType());
        return narrowed ? sale.priceType().equals(priceType) : seller.maySellAs(priceType);
    }

    private Stream<Possible> possible(CatalogueProduct product, Predicate<String> types, Long version) {
        return product.pricesFor(types, version, at).stream().flatMap(this::converted);
    }

    private Optional<BigDecimal> named(Line line) {
        return line.baseCurrency() == null || line.baseCurrency().equals(sale.currency())
                ? Optional.ofNullable(line.basePrice())
                : Optional.empty();
    }

    /** Converts by each rate that the till may have used; empty when the house has none. */
    private Stream<Possible> converted(Price price) {
        return price.currency() == null || price.currency().equals(sale.currency())
                ? Stream.of(new Possible(price.price(), false))
                : usable(price.currency()).stream().flatMap(from -> usable(sale.currency()).stream()
                        .map(to -> new Possible(
                                price.price().multiply(from).divide(to, EXACT_DECIMALS, RoundingMode.HALF_UP), true)));
    }

    /** The newest first. */
    private List<BigDecimal> usable(String currency) {
        return currency.equals(sale.mainCurrency())
                ? List.of(BigDecimal.ONE)
                : rates.usable(currency, at).reversed();
    }

    private CatalogueRules judgeStock(Map<String, BigDecimal> taken) {
        if (sale.kind() == SaleKind.RETURN || catalogue.stockRule() == StockRule.ALLOW) {
            return this;
        }
        for (int i = 0; i < sale.lines().size(); i++) {
            Line line = sale.lines().get(i);
            String warehouse = sale.warehouseOf(line);
            BigDecimal quantity = take(line, warehouse, taken);
            Optional<BigDecimal> stock =
                    catalogue.find(line.productId()).flatMap(product -> product.stockIn(warehouse));
            if (stock.isPresent() && quantity.compareTo(stock.get()) > 0) {
                lacking(i, stock.get());
            }
        }
        return this;
    }

    /** Adds what a sale took before, to what others of the same request take. */
    public static void take(SaleContent sale, Map<String, BigDecimal> taken) {
        if (sale.kind() == SaleKind.SALE) {
            sale.lines().forEach(line -> take(line, sale.warehouseOf(line), taken));
        }
    }

    @CanIgnoreReturnValue
    private static BigDecimal take(Line line, String warehouse, Map<String, BigDecimal> taken) {
        return taken.merge(line.productId() + "\n" + warehouse, line.quantity(), BigDecimal::add);
    }

    private void lacking(int i, BigDecimal stock) {
        if (catalogue.stockRule() == StockRule.FORBID) {
            String left = stock.max(BigDecimal.ZERO).stripTrailingZeros().toPlainString();
            violations.add(new RuleViolation(Flag.STOCK, "lines[" + i + "].quantity", "exceeds the stock of " + left));
        } else {
            marks.add(Flag.STOCK);
        }
    }
}
