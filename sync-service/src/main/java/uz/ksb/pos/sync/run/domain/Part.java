package uz.ksb.pos.sync.run.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import uz.ksb.pos.platform.event.Topics;

/** The parts of a run, in their order: a part comes after those that it refers to. */
public enum Part {
    /** No rows: a device that the back office does not admit ends the run here. */
    PERMISSION("permission", Topics.SETTINGS_UPDATES),
    /** The enterprise, with its licence. */
    ENTERPRISE("enterprise", Topics.SETTINGS_UPDATES),
    UNITS("units", Topics.PRODUCT_UPDATES),
    WAREHOUSES("warehouses", Topics.PRODUCT_UPDATES),
    PRICE_TYPES("price-types", Topics.PRODUCT_UPDATES),
    CASH_DESKS("cash-desks", Topics.PRODUCT_UPDATES),
    CURRENCIES("currencies", Topics.PRODUCT_UPDATES),
    RATES("rates", Topics.PRODUCT_UPDATES),
    PRODUCTS("products", Topics.PRODUCT_UPDATES),
    CUSTOMERS("customers", Topics.CUSTOMER_UPDATES),
    /** The settings of the users and of the device. */
    SETTINGS("settings", Topics.SETTINGS_UPDATES),
    /** Nothing is read: sales-service sends what waits and answers how much that was. */
    SALES("sales", null);

    private final String label;
    private final String topic;

    Part(String label, String topic) {
        this.label = label;
        this.topic = topic;
    }

    public String label() {
        return label;
    }

    /** Where its rows go; empty for a part without rows. */
    public Optional<String> topic() {
        return Optional.ofNullable(topic);
    }

    /** Currencies and rates are the same rows, read twice: they are confirmed with the rates. */
    public boolean isConfirmedWithAnother() {
        return this == CURRENCIES;
    }

    /** The part whose rows are confirmed with those of this one; null: none. */
    public Part alsoConfirms() {
        return this == RATES ? CURRENCIES : null;
    }

    public static Part labelled(String label) {
        return Arrays.stream(values())
                .filter(part -> part.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown part " + label));
    }

    public static List<String> labels() {
        return Arrays.stream(values()).map(Part::label).toList();
    }
}
