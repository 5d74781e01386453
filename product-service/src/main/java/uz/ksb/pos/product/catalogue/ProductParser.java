package uz.ksb.pos.product.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import uz.ksb.pos.product.catalogue.Product.Fiscal;
import uz.ksb.pos.product.catalogue.Product.Price;
import uz.ksb.pos.product.catalogue.Product.Stock;
import uz.ksb.pos.product.row.RowFields;
import uz.ksb.pos.product.row.RowRejected;

/** Makes a product of a row in the format of {@code POST /api/product-updates}. */
public final class ProductParser {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "version",
            "name",
            "article",
            "unit",
            "currency",
            "barcodes",
            "boxQuantity",
            "prices",
            "stock",
            "mxik",
            "packageCode",
            "vatRate",
            "marked",
            "cashAllowed",
            "archived",
            "deleted",
            "purchasePrice");
    private static final Set<String> RESERVED_IDS = Set.of(".", "..", "count", "changes");
    private static final Set<String> PRICE_FIELDS = Set.of("priceType", "price", "currency");
    private static final Set<String> STOCK_FIELDS = Set.of("warehouse", "quantity");

    static final int PRICE_DECIMALS = 4;
    static final int QUANTITY_DECIMALS = 3;
    private static final int SHOWN_DECIMALS = 2;
    private static final int VAT_DECIMALS = 2;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private static final int MAX_CODE = 100;
    private static final int MAX_NAME = 500;
    private static final int MAX_CURRENCY = 10;
    private static final int MAX_ENTRIES = 300;

    private ProductParser() {}

    /**
     * @throws RowRejected when the row is not a product; the reason names the field
     */
    public static Product read(JsonNode row) {
        RowFields fields = RowFields.of(row, FIELDS);
        String id = id(fields);
        long version = fields.version("version");
        return fields.flag("deleted") ? tombstone(fields, id, version) : product(fields, id, version);
    }

    /** An id stands in addresses. */
    private static String id(RowFields fields) {
        String id = fields.text("id", MAX_CODE);
        if (RESERVED_IDS.contains(id) || id.chars().anyMatch(one -> "/?#%".indexOf(one) >= 0)) {
            throw fields.rejected("id", "is reserved or holds one of / ? # %");
        }
        return id;
    }

    private static Product tombstone(RowFields fields, String id, long version) {
        return new Product(
                id,
                version,
                fields.optionalText("name", MAX_NAME),
                fields.optionalText("article", MAX_CODE),
                null,
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                false,
                true,
                Fiscal.UNKNOWN,
                null);
    }

    private static Product product(RowFields fields, String id, long version) {
        String currency = fields.text("currency", MAX_CURRENCY);
        return new Product(
                id,
                version,
                fields.text("name", MAX_NAME),
                fields.optionalText("article", MAX_CODE),
                fields.text("unit", MAX_CODE),
                currency,
                fields.texts("barcodes", MAX_ENTRIES, MAX_CODE).stream()
                        .distinct()
                        .toList(),
                fields.optionalAmount("boxQuantity", QUANTITY_DECIMALS),
                ordered(
                        "priceType",
                        Price::priceType,
                        fields.objects("prices", MAX_ENTRIES, PRICE_FIELDS, entry -> price(entry, currency))),
                ordered(
                        "warehouse",
                        Stock::warehouse,
                        fields.objects("stock", MAX_ENTRIES, STOCK_FIELDS, ProductParser::stock)),
                fields.flag("archived"),
                false,
                fiscal(fields),
                shown(fields.optionalAmount("purchasePrice", PRICE_DECIMALS)));
    }

    private static Fiscal fiscal(RowFields fields) {
        BigDecimal vatRate = fields.optionalAmount("vatRate", VAT_DECIMALS);
        if (vatRate != null && vatRate.compareTo(HUNDRED) > 0) {
            throw fields.rejected("vatRate", "is more than 100");
        }
        return new Fiscal(
                fields.optionalText("mxik", MAX_CODE),
                fields.optionalText("packageCode", MAX_CODE),
                vatRate,
                fields.optionalFlag("marked"),
                fields.optionalFlag("cashAllowed"));
    }

    private static Price price(RowFields entry, String productCurrency) {
        String currency = entry.optionalText("currency", MAX_CURRENCY);
        return new Price(
                entry.text("priceType", MAX_CODE),
                shown(entry.amount("price", PRICE_DECIMALS)),
                currency == null ? productCurrency : currency);
    }

    private static Stock stock(RowFields entry) {
        return new Stock(entry.text("warehouse", MAX_CODE), entry.decimal("quantity", QUANTITY_DECIMALS));
    }

    /** Money is shown with two decimals at least. */
    private static BigDecimal shown(BigDecimal price) {
        return price == null ? null : price.setScale(Math.max(SHOWN_DECIMALS, price.scale()));
    }

    private static <T> List<T> ordered(String field, Function<T, String> key, List<T> entries) {
        Set<String> seen = new HashSet<>();
        entries.forEach(entry -> {
            if (!seen.add(key.apply(entry))) {
                throw new RowRejected(field + " " + key.apply(entry) + " stands twice");
            }
        });
        return entries.stream().sorted(Comparator.comparing(key)).toList();
    }
}
