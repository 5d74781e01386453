package uz.ksb.pos.simulator.state;

import java.util.Arrays;
import java.util.Optional;

/** The kinds of rows that travel as deltas; the name on the wire is that of the method and of the delta's object. */
public enum RowType {
    PRODUCT("product_update"),
    CLIENT("client"),
    CASH("cash"),
    CURRENCY("currency"),
    SYMBOL("symbol"),
    WAREHOUSE("warehouse"),
    PRICE_TYPE("price_type");

    private final String wireName;

    RowType(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static Optional<RowType> of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(wireName))
                .findFirst();
    }
}
