package uz.ksb.pos.simulator.push;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import uz.ksb.pos.simulator.shop.Product;

/** A product as {@code POST /api/product-updates} takes it; decimals are texts. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PushedRow(
        String id,
        long version,
        String name,
        String article,
        String unit,
        String currency,
        List<String> barcodes,
        String boxQuantity,
        List<Price> prices,
        List<Stock> stock,
        Boolean archived,
        Boolean deleted,
        @JsonUnwrapped Law law) {
    private static final int PRICE_SCALE = 4;
    private static final int QUANTITY_SCALE = 3;

    record Price(String priceType, String price, String currency) {}

    record Stock(String warehouse, String quantity) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Law(String mxik, String packageCode, String vatRate, Boolean marked, Boolean cashAllowed) {
        static Law of(Product.Law law) {
            String vatRate = law.vatRate() == null ? null : law.vatRate().toPlainString();
            return new Law(law.mxik(), law.packageCode(), vatRate, law.marked(), law.cashAllowed());
        }
    }

    static PushedRow of(Product product, long version) {
        return new PushedRow(
                product.id(),
                version,
                product.name(),
                product.article(),
                product.unit(),
                product.currency(),
                product.barcodes(),
                Integer.toString(product.box()),
                product.prices().entrySet().stream()
                        .map(price ->
                                new Price(price.getKey(), text(price.getValue(), PRICE_SCALE), product.currency()))
                        .toList(),
                product.stock().entrySet().stream()
                        .map(stock -> new Stock(stock.getKey(), text(stock.getValue(), QUANTITY_SCALE)))
                        .toList(),
                product.archived() ? true : null,
                product.deleted() ? true : null,
                product.law() == null ? null : Law.of(product.law()));
    }

    private static String text(BigDecimal amount, int scale) {
        return amount.setScale(scale, RoundingMode.HALF_UP).toPlainString();
    }
}
