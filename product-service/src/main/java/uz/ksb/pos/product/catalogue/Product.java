package uz.ksb.pos.product.catalogue;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uz.ksb.pos.platform.text.SearchText;
import uz.ksb.pos.product.reference.Iso4217;
import uz.ksb.pos.product.reference.KnownReferences;

/**
 * A product as its source describes it, checked and in one canonical form: equal content gives equal documents.
 *
 * @param id of the source, case-sensitive
 * @param version of the source, rising
 * @param prices at most one per price type, in the order of their ids; up to 4 decimals
 * @param stock at most one per warehouse, in the order of their ids; up to 3 decimals, negative when oversold
 * @param deleted a tombstone: only id, version, name and article are kept
 * @param fiscal what the law wants to know of it
 * @param purchasePrice in the product's currency; null when unknown; never shown to tills
 */
public record Product(
        String id,
        long version,
        String name,
        String article,
        String unit,
        String currency,
        List<String> barcodes,
        BigDecimal boxQuantity,
        List<Price> prices,
        List<Stock> stock,
        boolean archived,
        boolean deleted,
        Fiscal fiscal,
        BigDecimal purchasePrice) {
    private static final int MAX_SEARCH_TEXT = 600;

    /**
     * @param currency the product's own when the source names none
     */
    public record Price(String priceType, BigDecimal price, String currency) {}

    public record Stock(String warehouse, BigDecimal quantity) {}

    /**
     * Kept and passed on as the source tells it; null: not told.
     *
     * @param mxik code of the national catalogue of goods
     * @param packageCode of the package in that catalogue
     * @param vatRate percent, 0 to 100
     * @param marked whether each piece carries a DataMatrix mark
     * @param cashAllowed false: the law forbids cash for it
     */
    public record Fiscal(String mxik, String packageCode, BigDecimal vatRate, Boolean marked, Boolean cashAllowed) {
        public static final Fiscal UNKNOWN = new Fiscal(null, null, null, null, null);
    }

    /** Ids of the reference data that it points to. */
    Set<String> references() {
        Set<String> ids = new HashSet<>();
        ids.add(unit);
        ids.add(currency);
        prices.forEach(price -> ids.addAll(List.of(price.priceType(), price.currency())));
        stock.forEach(place -> ids.add(place.warehouse()));
        ids.remove(null);
        return ids;
    }

    /** The warehouses whose stock was told. */
    List<String> warehouses() {
        return stock.stream().map(Stock::warehouse).toList();
    }

    /** Whether tills list and count it. */
    boolean isListed() {
        return !archived && !deleted;
    }

    /** Name and article in the form that searches compare; an index row holds no more than {@value #MAX_SEARCH_TEXT}. */
    String searchText() {
        String text = SearchText.of((name == null ? "" : name) + " " + (article == null ? "" : article));
        if (text.length() <= MAX_SEARCH_TEXT) {
            return text;
        }
        boolean halves = Character.isHighSurrogate(text.charAt(MAX_SEARCH_TEXT - 1));
        return text.substring(0, halves ? MAX_SEARCH_TEXT - 1 : MAX_SEARCH_TEXT);
    }

    /** The first of its references that is not known, as a reason; null: all are. */
    String unknownReference(KnownReferences known) {
        if (deleted) {
            return null;
        }
        if (!known.units().contains(unit)) {
            return "unit " + unit + " is not known";
        }
        for (Price price : prices) {
            if (!known.priceTypes().contains(price.priceType())) {
                return "priceType " + price.priceType() + " is not known";
            }
        }
        if (!isCurrency(currency, known)) {
            return "currency " + currency + " is not known";
        }
        for (Price price : prices) {
            if (!isCurrency(price.currency(), known)) {
                return "currency " + price.currency() + " is not known";
            }
        }
        for (Stock place : stock) {
            if (!known.warehouses().contains(place.warehouse())) {
                return "warehouse " + place.warehouse() + " is not known";
            }
        }
        return null;
    }

    private static boolean isCurrency(String code, KnownReferences known) {
        return Iso4217.isCurrency(code) || known.currencies().contains(code);
    }
}
