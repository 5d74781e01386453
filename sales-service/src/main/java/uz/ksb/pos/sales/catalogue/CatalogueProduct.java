package uz.ksb.pos.sales.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A product's prices and stock.
 *
 * @param currency of the prices that name none
 * @param pricesVersion the change version that brought {@code prices}
 * @param pricesSince when {@code prices} came
 * @param previousPrices those before
 * @param cashAllowed false: the law forbids cash for it
 * @param mxik code of the national catalogue of goods; this and the next two may be null
 * @param vatRate percent
 * @param sold what {@code stock} cannot contain yet
 */
public record CatalogueProduct(
        String id,
        String currency,
        List<Price> prices,
        long pricesVersion,
        Instant pricesSince,
        List<Price> previousPrices,
        List<Stock> stock,
        boolean cashAllowed,
        String mxik,
        String packageCode,
        BigDecimal vatRate,
        List<Stock> sold,
        boolean deleted) {

    /** How long a till that did not hear of new prices may sell at the old ones. */
    private static final Duration GRACE = Duration.ofHours(24);

    /** @param currency null: the product's */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Price(String priceType, BigDecimal price, String currency) {}

    /**
     * @param warehouse empty: nobody says where it was taken from
     * @param quantity as product-service shows it
     * @param told the back office's value, where it differs; null otherwise
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Stock(String warehouse, BigDecimal quantity, BigDecimal told) {
        public Stock(String warehouse, BigDecimal quantity) {
            this(warehouse, quantity, null);
        }

        /** The back office's value: sales-service subtracts the sold quantities itself. */
        BigDecimal value() {
            return told == null ? quantity : told;
        }
    }

    /**
     * The prices a line may have: the present ones and, when it was priced by an older version, for a day those before.
     *
     * @param priceTypes those that are asked for
     * @param version the change version by which the line was priced; null: the present one
     * @param at when it is sold
     * @return the present ones first
     */
    public List<Price> pricesFor(Predicate<String> priceTypes, Long version, Instant at) {
        boolean older = version != null && version < pricesVersion && at.isBefore(pricesSince.plus(GRACE));
        return Stream.concat(prices.stream(), older ? previousPrices.stream() : Stream.<Price>empty())
                .filter(price -> price.price() != null && priceTypes.test(price.priceType()))
                .map(price -> price.currency() == null ? new Price(price.priceType(), price.price(), currency) : price)
                .toList();
    }

    /**
     * How much there is: what was told last, less what was sold since; below zero when that is more. Goods taken from no
     * named warehouse is missing in each.
     *
     * @param warehouse null: all together
     * @return empty when no stock was told of this product
     */
    public Optional<BigDecimal> stockIn(String warehouse) {
        return stock.isEmpty()
                ? Optional.empty()
                : Optional.of(sum(stock, warehouse).subtract(sum(sold, warehouse)));
    }

    private static BigDecimal sum(List<Stock> rows, String warehouse) {
        return rows.stream()
                .filter(row ->
                        warehouse == null || Objects.equals(warehouse, row.warehouse()) || "".equals(row.warehouse()))
                .map(Stock::value)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
