package uz.ksb.pos.sales.catalogue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A product's prices and stock.
 *
 * @param currency of the prices that name none
 * @param pricesVersion the change version that brought {@code prices}
 * @param previousPrices those before
 */
public record CatalogueProduct(
        String id,
        String currency,
        List<Price> prices,
        long pricesVersion,
        List<Price> previousPrices,
        List<Stock> stock,
        boolean deleted) {

    /** @param currency null: the product's */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Price(String priceType, BigDecimal price, String currency) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Stock(String warehouse, BigDecimal quantity) {}

    /**
     * The prices a line may have: the present ones and, when it was priced by an older version, those before.
     *
     * @param priceType null: any
     * @param version the change version by which the line was priced; null: the present one
     * @return the present ones first
     */
    public List<Price> pricesFor(String priceType, Long version) {
        boolean older = version != null && version < pricesVersion;
        return Stream.concat(prices.stream(), older ? previousPrices.stream() : Stream.<Price>empty())
                .filter(price -> price.price() != null && (priceType == null || priceType.equals(price.priceType())))
                .map(price -> price.currency() == null ? new Price(price.priceType(), price.price(), currency) : price)
                .toList();
    }

    /**
     * How much there was when it was told last.
     *
     * @param warehouse null: all together
     * @return empty when no stock was told of this product
     */
    public Optional<BigDecimal> stockIn(String warehouse) {
        return stock.isEmpty()
                ? Optional.empty()
                : Optional.of(stock.stream()
                        .filter(row -> warehouse == null || Objects.equals(warehouse, row.warehouse()))
                        .map(Stock::quantity)
                        .filter(Objects::nonNull)
                        .reduce(BigDecimal.ZERO, BigDecimal::add));
    }
}
