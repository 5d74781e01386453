package uz.ksb.pos.simulator.shop;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A product as the back office knows it.
 *
 * @param unit an id of {@link Reference#units}
 * @param currency of all its prices
 * @param prices by price type, in {@code currency}
 * @param stock by warehouse, in units; negative when more was sold than was there
 * @param law null: nothing is known
 */
public record Product(
        String id,
        String name,
        String article,
        String unit,
        String currency,
        List<String> barcodes,
        int box,
        Map<String, BigDecimal> prices,
        Map<String, BigDecimal> stock,
        boolean archived,
        boolean deleted,
        Law law) {

    /**
     * The fields of the law; null: not known.
     *
     * @param mxik code of the national catalogue of goods
     * @param vatRate percent
     * @param cashAllowed false: the law forbids cash for it
     */
    public record Law(String mxik, String packageCode, BigDecimal vatRate, Boolean marked, Boolean cashAllowed) {}

    /** Moves the stock of one warehouse: sold goods by a negative quantity. */
    public Product moved(String warehouse, BigDecimal quantity) {
        Map<String, BigDecimal> moved = new LinkedHashMap<>(stock);
        moved.merge(warehouse, quantity, BigDecimal::add);
        return new Product(id, name, article, unit, currency, barcodes, box, prices, moved, archived, deleted, law);
    }

    /** Raises every price by {@code amount}. */
    public Product dearerBy(BigDecimal amount) {
        Map<String, BigDecimal> dearer = new LinkedHashMap<>(prices);
        dearer.replaceAll((type, price) -> price.add(amount));
        return new Product(id, name, article, unit, currency, barcodes, box, dearer, stock, archived, deleted, law);
    }
}
