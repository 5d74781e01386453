package uz.ksb.pos.platform.caller;

/**
 * The private claims of our tokens: settings-service writes them, the others read them. Decimals and times are text.
 */
public final class Claims {
    public static final String ISSUER = "ksb-pos";
    public static final String AUDIENCE = "ksb-pos";
    /** The audience of a device token: valid for 400 days, proves the till and nobody's rights. */
    public static final String DEVICE_AUDIENCE = "ksb-pos-device";
    /** The audience of a manager's approval: good for one sale at one till, and for nothing else. */
    public static final String APPROVAL_AUDIENCE = "ksb-pos-approval";

    public static final String KSB_ID = "ksb_id";
    public static final String DEVICE_ID = "device_id";
    /** The device's short number, on receipts ({@code 2-000127}). */
    public static final String DEVICE_CODE = "device_code";

    /** The sale that an approval is for. */
    public static final String SALE_ID = "sale_id";

    public static final String ZONE = "zone";
    public static final String DAY_START = "day_start";
    public static final String CURRENCY = "currency";
    public static final String MAX_DISCOUNT = "max_discount";
    /** A list: ids of the price types at which the user may sell; absent: at any. */
    public static final String PRICE_TYPES = "price_types";

    public static final String MAY_CHANGE_PRICE = "may_change_price";
    public static final String MAY_SEE_PURCHASE_PRICE = "may_see_purchase_price";
    public static final String MAY_SEE_TOTALS = "may_see_totals";

    private Claims() {}
}
