package uz.ksb.pos.product.reference;

import java.util.Arrays;
import java.util.Optional;

/** Which dictionary; its name stands in paths, in the parts of a sync and in the database. */
public enum ReferenceKind {
    UNITS("units"),
    WAREHOUSES("warehouses"),
    PRICE_TYPES("price-types"),
    CASH_DESKS("cash-desks"),
    CURRENCIES("currencies");

    private final String id;

    ReferenceKind(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public static Optional<ReferenceKind> of(String id) {
        return Arrays.stream(values()).filter(kind -> kind.id.equals(id)).findFirst();
    }
}
